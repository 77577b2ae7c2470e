import type { LeaveReason } from '../protocol/room/event.ts';
import type { ParticipantId } from '../protocol/room/room.ts';
import type { Learned, Who } from './members.ts';
import { NEW_HERE, patched } from './standing.ts';
import type { Standing, StandingPatch } from './standing.ts';

/** Writes what is kept of a leg on the leg itself; false where FreeSWITCH did not take it. */
export type Remember = (leg: ParticipantId, standing: Standing) => Promise<boolean>;

/** What is known of each leg, whichever room it is in: who it is, how it stands, why it leaves. */
export class LegNotes {
  readonly #remember: Remember;
  readonly #who = new Map<ParticipantId, Who>();
  readonly #standings = new Map<ParticipantId, Standing>();
  readonly #leaving = new Map<ParticipantId, LeaveReason>();
  readonly #learned = new Map<ParticipantId, Learned>();

  constructor(remember: Remember) {
    this.#remember = remember;
  }

  get standings(): ReadonlyMap<ParticipantId, Standing> {
    return this.#standings;
  }

  /** Legs of which we know who they are. */
  get known(): ReadonlyMap<ParticipantId, Who> {
    return this.#who;
  }

  standing(leg: ParticipantId): Standing {
    return this.#standings.get(leg) ?? NEW_HERE;
  }

  learned(leg: ParticipantId): Learned | undefined {
    return this.#learned.get(leg);
  }

  whyLeft(leg: ParticipantId): LeaveReason {
    return this.#leaving.get(leg) ?? 'hung-up';
  }

  identify(leg: ParticipantId, who: Who): void {
    this.#who.set(leg, who);
  }

  learns(leg: ParticipantId, part: Learned): void {
    this.#learned.set(leg, { ...this.#learned.get(leg), ...part });
  }

  willLeave(leg: ParticipantId, reason: LeaveReason): void {
    this.#leaving.set(leg, reason);
  }

  mayStay(leg: ParticipantId): void {
    this.#leaving.delete(leg);
  }

  /** What a leg had written on it; false where we know of it ourselves, which is newer. */
  recall(leg: ParticipantId, standing: Standing): boolean {
    if (this.#standings.has(leg) || standing === NEW_HERE) return false;
    this.#standings.set(leg, standing);
    return true;
  }

  /** Keeps something here and on the leg; taken back, and false, where FreeSWITCH does not take it. */
  async note(leg: ParticipantId, patch: StandingPatch): Promise<boolean> {
    const before = this.standing(leg);
    const after = patched(before, patch);
    this.#standings.set(leg, after);
    const written = await this.#remember(leg, after);
    if (!written && this.#standings.has(leg))
      this.#standings.set(leg, patched(this.standing(leg), undoing(before, patch)));
    return written;
  }

  /** As `note`, for what holds whether it can be written now or not. */
  keep(leg: ParticipantId, patch: StandingPatch): void {
    const after = patched(this.standing(leg), patch);
    this.#standings.set(leg, after);
    void this.#remember(leg, after);
  }

  /** Of one that is in another room in a moment all is kept but why it left. */
  forget(leg: ParticipantId, why?: LeaveReason): void {
    this.#leaving.delete(leg);
    if (why === 'moved') return;
    this.#who.delete(leg);
    this.#learned.delete(leg);
    this.#standings.delete(leg);
  }

  clear(): void {
    this.#who.clear();
    this.#standings.clear();
    this.#leaving.clear();
    this.#learned.clear();
  }
}

/** The patch that takes another back. */
function undoing(before: Standing, patch: StandingPatch): StandingPatch {
  const keys = Object.keys(patch) as (keyof Standing)[];
  return Object.fromEntries(keys.map((key) => [key, before[key]]));
}
