import type { ParticipantId } from '../protocol/room/room.ts';
import type { Deadlines } from './deadlines.ts';
import type { Expulsion } from './expulsion.ts';
import type { Ledger } from './ledger.ts';
import type { Speaker } from './speaker.ts';

const WARNING_MS = 60_000;

export interface TimeLimitsOptions {
  readonly ledger: Ledger;
  readonly speaker: Speaker;
  readonly expulsion: Expulsion;
  readonly deadlines: Deadlines;
  readonly now: () => number;
}

/** Legs that may be in a meeting only so long: called ones, whose minutes somebody pays for. */
export class TimeLimits {
  readonly #options: TimeLimitsOptions;

  constructor(options: TimeLimitsOptions) {
    this.#options = options;
  }

  /** A leg is in its room; the time runs from the first time that this is told. */
  inside(leg: ParticipantId): void {
    const { ledger, now } = this.#options;
    const { maxMs, endsAtMs } = ledger.standing(leg);
    // Of a leg that is found, this may be known before its room is.
    if (maxMs === undefined || ledger.roomWith(leg) === undefined) return;
    const end = endsAtMs ?? now() + maxMs;
    if (endsAtMs === undefined) ledger.keep(leg, { endsAtMs: end });
    this.#watch(leg, end);
  }

  #watch(leg: ParticipantId, endsAtMs: number): void {
    const { ledger, deadlines, speaker, expulsion, now } = this.#options;
    if (endsAtMs - now() > WARNING_MS)
      deadlines.at(leg, { name: 'warning', ms: endsAtMs - WARNING_MS }, () => {
        speaker.say(leg, { kind: 'last-minutes', minutes: 1 });
      });
    deadlines.at(leg, { name: 'end', ms: endsAtMs }, () => {
      const room = ledger.roomWith(leg)?.life.room;
      if (room !== undefined) void expulsion.endOf(room, leg);
    });
  }
}
