import type { ParticipantId } from '../../protocol/room/room.ts';

/** The timers of each leg, by name; one that is set again begins anew. */
export class Timers<Name extends string> {
  readonly #running = new Map<ParticipantId, Map<Name, NodeJS.Timeout>>();
  readonly #woke: (leg: ParticipantId, name: Name) => void;

  constructor(woke: (leg: ParticipantId, name: Name) => void) {
    this.#woke = woke;
  }

  set(leg: ParticipantId, name: Name, ms: number): void {
    this.clear(leg, name);
    const timers = this.#running.get(leg) ?? new Map<Name, NodeJS.Timeout>();
    this.#running.set(leg, timers);
    const timer = setTimeout(() => {
      timers.delete(name);
      this.#woke(leg, name);
    }, ms);
    timers.set(name, timer);
  }

  clear(leg: ParticipantId, name: Name): void {
    const timers = this.#running.get(leg);
    clearTimeout(timers?.get(name));
    timers?.delete(name);
  }

  /** None of a leg's is left. */
  forget(leg: ParticipantId): void {
    for (const timer of this.#running.get(leg)?.values() ?? []) clearTimeout(timer);
    this.#running.delete(leg);
  }

  forgetAll(): void {
    for (const leg of [...this.#running.keys()]) this.forget(leg);
  }
}
