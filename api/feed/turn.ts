/** Something that can be kept from sending for a while. */
interface Holdable {
  hold(): void;
  release(): void;
}

/**
 * Gathers what one turn of the event loop has to say to each reader. Facts come in bursts, and a
 * system call for each message and reader would cost more than all the rest of the feed.
 */
export class Turn {
  readonly #held = new Set<Holdable>();

  /** Holds this one until the turn ends, if it is not held yet. */
  hold(one: Holdable): void {
    if (this.#held.has(one)) return;
    if (this.#held.size === 0) setImmediate(() => this.#end());
    this.#held.add(one);
    one.hold();
  }

  #end(): void {
    const held = [...this.#held];
    this.#held.clear();
    for (const one of held) one.release();
  }
}
