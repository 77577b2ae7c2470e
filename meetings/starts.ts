import type { RoomId } from '../protocol/room/room.ts';
import type { After } from './basics.ts';

/** Timers hold no more than 31 bits; whoever waits longer is woken and looks again. */
const LONGEST_MS = 2 ** 31 - 1;

/** Wakes when a planned meeting's time has come. */
export class Starts {
  readonly #after: After;
  readonly #now: () => number;
  readonly #due: (room: RoomId) => void;
  readonly #timers = new Map<RoomId, () => void>();

  /** `due` is told once the time has come, or when there is reason to look again. */
  constructor(
    clock: { readonly after: After; readonly now: () => number },
    due: (room: RoomId) => void,
  ) {
    this.#after = clock.after;
    this.#now = clock.now;
    this.#due = due;
  }

  /** From now on only this time counts for the meeting; a time that is past, or none, wakes nobody. */
  watch(room: RoomId, startsAtMs: number | undefined): void {
    this.forget(room);
    const waitMs = (startsAtMs ?? 0) - this.#now();
    if (waitMs <= 0) return;
    const stop = this.#after(Math.min(waitMs, LONGEST_MS), () => {
      this.#timers.delete(room);
      this.#due(room);
    });
    this.#timers.set(room, stop);
  }

  forget(room: RoomId): void {
    this.#timers.get(room)?.();
    this.#timers.delete(room);
  }

  stop(): void {
    for (const room of [...this.#timers.keys()]) this.forget(room);
  }
}
