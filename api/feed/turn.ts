/** Something that can be kept from sending for a while. */
interface Holdable {
  hold(): void;
  release(): void;
}

/** The shortest time between two sendings: 200 a second to each reader, however many the facts. */
const PAUSE_MS = 5;

/**
 * Gathers what is to be said to each reader. The first fact after a pause goes out as soon as this
 * turn of the event loop ends; in a burst, a system call for each fact and reader would cost more
 * than all the rest of the feed.
 */
export class Turn {
  readonly #held = new Set<Holdable>();
  #pausing = false;

  /** Holds this one until the next sending, if it is not held yet. */
  hold(one: Holdable): void {
    if (this.#held.has(one)) return;
    if (this.#held.size === 0 && !this.#pausing) setImmediate(() => this.#send());
    this.#held.add(one);
    one.hold();
  }

  #send(): void {
    const held = [...this.#held];
    this.#held.clear();
    for (const one of held) one.release();
    this.#pausing = true;
    setTimeout(() => this.#afterPause(), PAUSE_MS);
  }

  #afterPause(): void {
    this.#pausing = false;
    if (this.#held.size > 0) this.#send();
  }
}
