import { randomUUID } from 'node:crypto';
import type { EslCommand } from '../../protocol/esl/command.ts';
import type { EslEvent } from '../../protocol/esl/event.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { Media } from '../media/contract.ts';
import type { Calls } from './calls.ts';
import type { Effect } from './core/effect.ts';
import type { Input } from './core/input.ts';
import type { SwitchNode } from './core/node.ts';
import { step } from './core/step.ts';
import type { Orders } from './esl-connection.ts';

const HEARTBEAT_MS = 20_000;

export interface EngineParts {
  readonly node: SwitchNode;
  readonly media: Media;
  readonly calls: Calls;
}

/** Feeds the core and carries out what it asks for. Knows no rule. */
export class Engine implements Orders {
  readonly #parts: EngineParts;
  readonly #answers = new Map<string, (output: string) => void>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #inputs: Input[] = [];
  #publish: (event: EslEvent) => void = () => undefined;
  #stepping = false;

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  start(publish: (event: EslEvent) => void): void {
    this.#publish = publish;
    this.#parts.media.subscribe((event) => this.receive({ kind: 'media', event }));
    this.#parts.calls.serve((input) => this.receive(input));
    this.#beat();
  }

  stop(): void {
    this.receive({ kind: 'shutdown' });
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  /** Takes one input. One that comes while another is worked on, from an effect of it, waits. */
  receive(input: Input): void {
    this.#inputs.push(input);
    if (this.#stepping) return;
    this.#stepping = true;
    try {
      for (let next = this.#inputs.shift(); next; next = this.#inputs.shift()) {
        for (const effect of step(this.#parts.node, next)) this.#carryOut(effect);
      }
    } finally {
      this.#stepping = false;
    }
  }

  api(command: string, args: string, answer: (output: string) => void): void {
    const job = randomUUID();
    this.#answers.set(job, answer);
    this.receive({ kind: 'api', job, command, args });
  }

  bgapi(jobUuid: string, command: string, args: string): void {
    this.api(command, args, (output) => {
      const headers = [
        { name: 'Job-UUID', value: jobUuid },
        { name: 'Job-Command', value: command },
        ...(args === '' ? [] : [{ name: 'Job-Command-Arg', value: args }]),
      ];
      this.receive({ kind: 'fire', name: 'BACKGROUND_JOB', headers, body: output });
    });
  }

  hasChannel(uuid: string): boolean {
    return this.#parts.node.channels.has(uuid);
  }

  sendmsg(uuid: string, { headers, body }: EslCommand): void {
    this.receive({ kind: 'sendmsg', uuid, headers, body });
  }

  fire(name: string, { headers, body }: EslEvent): void {
    this.receive({ kind: 'fire', name, headers, body });
  }

  #carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'event':
        this.#publish(effect.event);
        break;
      case 'media':
        this.#parts.media.command(effect.command);
        break;
      case 'sip':
        this.#parts.calls.run(effect.order);
        break;
      case 'timer':
        this.#after(effect.ms, () => this.receive({ kind: 'timer', timer: effect.timer }));
        break;
      case 'reply':
        this.#answers.get(effect.job)?.(effect.text);
        this.#answers.delete(effect.job);
        break;
      default:
        unreachable(effect);
    }
  }

  #beat(): void {
    this.#after(HEARTBEAT_MS, () => {
      this.receive({ kind: 'heartbeat' });
      this.#beat();
    });
  }

  #after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}
