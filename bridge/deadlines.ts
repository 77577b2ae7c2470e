import type { ParticipantId } from '../protocol/room/room.ts';

/** Moments of a leg at which something is due. They end with the leg. */
export class Deadlines {
  readonly #now: () => number;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** One of a name a leg; the newest counts. What is due already happens at once. */
  at(
    leg: ParticipantId,
    { name, ms }: { readonly name: string; readonly ms: number },
    act: () => void,
  ): void {
    const key = `${leg} ${name}`;
    clearTimeout(this.#timers.get(key));
    const timer = setTimeout(
      () => {
        this.#timers.delete(key);
        act();
      },
      Math.max(0, ms - this.#now()),
    );
    this.#timers.set(key, timer);
  }

  /** As `at`, so many milliseconds from now. */
  in(
    leg: ParticipantId,
    { name, ms }: { readonly name: string; readonly ms: number },
    act: () => void,
  ): void {
    this.at(leg, { name, ms: this.#now() + ms }, act);
  }

  clear(leg: ParticipantId): void {
    for (const [key, timer] of this.#timers) {
      if (!key.startsWith(`${leg} `)) continue;
      clearTimeout(timer);
      this.#timers.delete(key);
    }
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
