import { randomUUID } from 'node:crypto';
import type { Log } from '../../protocol/log.ts';
import type { ParticipantId } from '../../protocol/room/room.ts';
import type { Saying } from '../../protocol/speech/saying.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { NAME_SECONDS, SILENCE_SECONDS } from '../dialogue/name.ts';
import type { Patience } from '../dialogue/talk.ts';
import type { FreeSwitchNode } from '../node.ts';
import type { Sighting } from '../sighting.ts';
import {
  answerMessage,
  breakLine,
  deafToKeysLine,
  echoMessage,
  joinMessage,
  playMessage,
  recordMessage,
} from '../to-esl-legs.ts';
import { NEW_CALL, done, foundAgain, hush, parkedAgain, start } from './playing.ts';
import type { Order, Playing, Task } from './playing.ts';
import type { RecordedNames } from './recorded-names.ts';
import { Timers } from './timers.ts';

export interface PerformerOptions {
  readonly node: FreeSwitchNode;
  readonly log: Log;
  readonly patience: Patience;
  /** The files of a saying, in the language of this leg. */
  readonly files: (leg: ParticipantId, saying: Saying) => readonly string[];
  readonly names: RecordedNames;
  /** Words or a recording came to their end; `ms` is how long it took. */
  readonly ended: (leg: ParticipantId, task: Task, ms: number) => void;
  /** FreeSWITCH did not answer: nobody knows what the leg does now. */
  readonly unheard: (leg: ParticipantId) => void;
  /** FreeSWITCH does not have the leg. */
  readonly gone: (leg: ParticipantId) => void;
}

interface Performance {
  playing: Playing;
  startedAt: number;
}

/** Late enough that nobody takes it for the room they are in. */
const ECHO_DELAY_MS = 1000;
/** After a file that cannot be played, before it is tried again. */
const UNPLAYABLE_MS = 1000;
const RETRY_MS = 5000;
/** What ran before we came says nothing where nothing ran. */
const FORMER_MS = 400;
/** An application that is broken off ends within half of it. */
const BROKEN_MS = 1000;

/** Makes parked legs speak, play music and record, one thing at a time each. */
export class Performer {
  readonly #options: PerformerOptions;
  readonly #legs = new Map<ParticipantId, Performance>();
  readonly #timers: Timers<'overdue' | 'music'>;
  /** Tells our tasks from those of a bridge before us. */
  readonly #life = randomUUID();

  constructor(options: PerformerOptions) {
    this.#options = options;
    this.#timers = new Timers((leg, name) => {
      if (name === 'music') this.perform(leg, { kind: 'music' });
      else this.#overdue(leg);
    });
  }

  perform(leg: ParticipantId, task: Task): void {
    this.#timers.clear(leg, 'music');
    this.#take(leg, start(this.#playing(leg), task));
  }

  hush(leg: ParticipantId): void {
    this.#take(leg, hush(this.#playing(leg)));
  }

  /** Ends whatever a leg does that we did not begin, or of which we lost track. */
  startAnew(leg: ParticipantId): void {
    this.#take(leg, foundAgain(this.#playing(leg)));
    this.#timers.set(leg, 'overdue', FORMER_MS);
  }

  /** A room let go of a leg, or it never came there. */
  leftRoom(leg: ParticipantId): void {
    this.#timers.forget(leg);
    this.#legs.set(leg, { playing: parkedAgain(this.#playing(leg)), startedAt: 0 });
  }

  /** FreeSWITCH finished something on a leg. */
  did({ leg, task }: Extract<Sighting, { kind: 'leg-did' }>): void {
    const running = this.#playing(leg).running;
    if (running === undefined) return;
    const ours = task.startsWith(`${this.#life}-`);
    if (running.task.kind === 'former' && !ours) this.#done(leg, running.id);
    else if (ours) this.#done(leg, Number(task.slice(this.#life.length + 1)));
  }

  forget(leg: ParticipantId): void {
    this.#legs.delete(leg);
    this.#timers.forget(leg);
  }

  forgetAll(): void {
    this.#legs.clear();
    this.#timers.forgetAll();
  }

  #playing(leg: ParticipantId): Playing {
    return this.#legs.get(leg)?.playing ?? NEW_CALL;
  }

  #overdue(leg: ParticipantId): void {
    const running = this.#playing(leg).running;
    if (running === undefined) return;
    // FreeSWITCH had not begun it when it was to break it off: then it has thrown it away and tells no
    // end of it (mod_commands.c, break_function), or plays it after all.
    if (running.cut) void this.#options.node.api(breakLine(leg));
    this.#done(leg, running.id);
  }

  #done(leg: ParticipantId, id: number): void {
    const performance_ = this.#legs.get(leg);
    if (performance_?.playing.running?.id !== id) return;
    const ms = performance.now() - performance_.startedAt;
    const [playing, orders, task] = done(performance_.playing, id);
    this.#timers.clear(leg, 'overdue');
    this.#take(leg, [playing, orders]);
    if (task?.kind === 'music') this.#playOn(leg, ms);
    else if (task?.kind === 'say' || task?.kind === 'record') this.#options.ended(leg, task, ms);
  }

  /** FreeSWITCH's endless playback would take no keys and cannot be ended: it begins again here. */
  #playOn(leg: ParticipantId, ms: number): void {
    if (ms > UNPLAYABLE_MS) {
      this.perform(leg, { kind: 'music' });
      return;
    }
    this.#options.log('warn', 'FreeSWITCH cannot play the music for those who wait', { leg });
    this.#timers.set(leg, 'music', RETRY_MS);
  }

  #take(leg: ParticipantId, [playing, orders]: readonly [Playing, readonly Order[]]): void {
    const startedAt = this.#legs.get(leg)?.startedAt ?? 0;
    this.#legs.set(leg, { playing, startedAt });
    for (const order of orders) void this.#carryOut(leg, order);
  }

  async #carryOut(leg: ParticipantId, order: Order): Promise<void> {
    const { node, gone, unheard } = this.#options;
    if (order.kind === 'break') {
      this.#timers.set(leg, 'overdue', BROKEN_MS);
      await node.api(breakLine(leg));
      return;
    }
    this.#begin(leg, order.task);
    if (order.task.kind === 'answer') void node.api(deafToKeysLine(leg));
    const reply = await node.send(this.#message(leg, order));
    if (!this.#legs.has(leg)) return;
    if (reply.kind === 'unanswered') unheard(leg);
    else if (!reply.text.startsWith('+OK')) gone(leg);
  }

  #begin(leg: ParticipantId, task: Task): void {
    const running = this.#legs.get(leg);
    if (running !== undefined) running.startedAt = performance.now();
    // Music ends when it is told to, a room when it does, an echo with the call.
    if (task.kind !== 'music' && task.kind !== 'join' && task.kind !== 'echo')
      this.#timers.set(leg, 'overdue', this.#options.patience.overdueMs);
    else this.#timers.clear(leg, 'overdue');
  }

  #message(leg: ParticipantId, { id, task }: Extract<Order, { kind: 'run' }>): string {
    const { files, names } = this.#options;
    const to = { leg, task: `${this.#life}-${id}` };
    switch (task.kind) {
      case 'answer':
        return answerMessage(to);
      case 'say':
        return playMessage(
          to,
          task.sayings.flatMap((saying) => files(leg, saying)),
        );
      case 'music':
        return playMessage(to, files(leg, { kind: 'hold-music' }));
      case 'record':
        return recordMessage(to, names.record(leg), {
          seconds: NAME_SECONDS,
          silenceSeconds: SILENCE_SECONDS,
        });
      case 'echo':
        return echoMessage(to, ECHO_DELAY_MS);
      case 'join':
        return joinMessage(to, task.room, task.entry);
      case 'former':
        throw new Error('what ran before us is not run');
      default:
        return unreachable(task);
    }
  }
}
