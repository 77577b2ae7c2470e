import { headerOf } from '../../protocol/esl/headers.ts';
import type { EslEvent } from '../../protocol/esl/event.ts';
import type { MediaCommand, MediaEvent } from '../../switch/media/contract.ts';
import { APPLICATIONS } from '../../switch/freeswitch/core/applications.ts';
import type { Effect, SipOrder } from '../../switch/freeswitch/core/effect.ts';
import type { Input } from '../../switch/freeswitch/core/input.ts';
import { SwitchNode } from '../../switch/freeswitch/core/node.ts';
import { step } from '../../switch/freeswitch/core/step.ts';
import { replyTo } from './scripted-media.ts';

/** The switch's core on a clock and a die of our own, with a worker that answers at once. */
export class CoreBench {
  readonly node: SwitchNode;
  readonly events: EslEvent[] = [];
  readonly orders: SipOrder[] = [];
  readonly media: MediaCommand[] = [];
  readonly replies: { readonly job: string; readonly text: string }[] = [];
  /** Files that exist. */
  readonly files = new Set<string>();
  #nowUs = 1_700_000_000_000_000;
  #uuids = 0;
  #told = 0;
  #timers: { readonly timer: string; readonly atUs: number }[] = [];

  constructor(settings: { readonly soundsDir?: string } = {}) {
    this.node = new SwitchNode(
      {
        coreUuid: 'core-0001',
        hostname: 'bench',
        address: '127.0.0.1',
        sofiaProfile: 'partyline',
        sipAddress: '127.0.0.1:5080',
        roomRateHz: 16_000,
        ...settings,
      },
      {
        nowUs: () => this.#nowUs,
        uuid: () => `00000000-0000-4000-8000-${String(++this.#uuids).padStart(12, '0')}`,
        canRead: (path) => this.files.has(path),
      },
      APPLICATIONS,
    );
  }

  give(input: Input): void {
    const waiting: Input[] = [input];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      for (const effect of step(this.node, next)) {
        const answer = this.#take(effect);
        if (answer !== undefined) waiting.push({ kind: 'media', event: answer });
      }
    }
  }

  /** Runs an API command and gives its output. */
  api(line: string): string {
    const space = line.indexOf(' ');
    const job = `job ${this.replies.length}`;
    const command = space < 0 ? line : line.slice(0, space);
    this.give({ kind: 'api', job, command, args: space < 0 ? '' : line.slice(space + 1) });
    return this.replies.find((each) => each.job === job)?.text ?? '';
  }

  execute(uuid: string, app: string, args = '', headers: Record<string, string> = {}): void {
    const all = { 'call-command': 'execute', 'execute-app-name': app, ...headers };
    const list = Object.entries(all).map(([name, value]) => ({ name, value }));
    if (args !== '') list.push({ name: 'execute-app-arg', value: args });
    this.give({ kind: 'sendmsg', uuid, headers: list, body: '' });
  }

  /** A call comes in and is parked. */
  call(uuid: string, caller = 'Alice', number = '1001'): void {
    this.give({
      kind: 'invited',
      call: {
        leg: uuid,
        name: `sofia/partyline/${number}@127.0.0.1`,
        caller: {
          username: number,
          callerIdName: caller,
          callerIdNumber: number,
          networkAddress: '127.0.0.1',
          destination: 'partyline',
        },
        variables: [['sip_h_X-Partyline', 'signed']],
        offer: 'v=0\r\n',
      },
    });
  }

  emit(event: MediaEvent): void {
    this.give({ kind: 'media', event });
  }

  /** Lets time pass, timers going off on the way. */
  wait(ms: number): void {
    const untilUs = this.#nowUs + ms * 1000;
    for (;;) {
      const due = this.#timers
        .filter((each) => each.atUs <= untilUs)
        .sort((a, b) => a.atUs - b.atUs)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((each) => each !== due);
      this.#nowUs = Math.max(this.#nowUs, due.atUs);
      this.give({ kind: 'timer', timer: due.timer });
    }
    this.#nowUs = untilUs;
  }

  /** Names, actions or applications of the events since the last call, in order. */
  story(): string[] {
    const fresh = this.events.slice(this.#told).map(tellOf);
    this.#told = this.events.length;
    return fresh.filter((each) => !QUIET.has(each));
  }

  /** The latest event of a name or action. */
  last(name: string): EslEvent {
    const found = this.events.findLast((each) => tellOf(each).startsWith(name));
    if (found === undefined) throw new Error(`no ${name} among ${this.events.map(tellOf).join()}`);
    return found;
  }

  /** The play that the worker was last asked for. */
  lastPlay(): Extract<MediaCommand, { kind: 'play' }> {
    const found = this.media.findLast((each) => each.kind === 'play');
    if (found?.kind !== 'play') throw new Error('nothing plays');
    return found;
  }

  /** The worker says that the last play is over. */
  endPlay(why: 'done' | 'stopped' | 'not-playable' = 'done'): void {
    const { play } = this.lastPlay();
    this.emit({ kind: 'play-ended', play, samples: 8000, sampleRateHz: 8000, why });
  }

  #take(effect: Effect): MediaEvent | undefined {
    switch (effect.kind) {
      case 'event':
        this.events.push(effect.event);
        return undefined;
      case 'sip':
        this.orders.push(effect.order);
        return undefined;
      case 'media':
        this.media.push(effect.command);
        return replyTo(effect.command);
      case 'timer':
        this.#timers.push({ timer: effect.timer, atUs: this.#nowUs + effect.ms * 1000 });
        return undefined;
      case 'reply':
        this.replies.push(effect);
        return undefined;
    }
  }
}

const QUIET = new Set(['CHANNEL_STATE', 'CHANNEL_CALLSTATE']);

function tellOf(event: EslEvent): string {
  const name = headerOf(event.headers, 'Event-Name') ?? '';
  const action = headerOf(event.headers, 'Action');
  if (name === 'CUSTOM') return action ?? name;
  const app = headerOf(event.headers, 'Application');
  return app === undefined ? name : `${name} ${app}`;
}

export function value(event: EslEvent, name: string): string | undefined {
  return headerOf(event.headers, name);
}
