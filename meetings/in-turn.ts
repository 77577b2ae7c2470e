/**
 * Work on one thing after the other, on different things at once. The store would let a thousand that
 * change one value at the same moment try again a thousand times.
 */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<T>(thing: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(thing) ?? Promise.resolve();
    // Who was before us tells its own failure to its own caller.
    const mine = before.then(work, work);
    this.#last.set(thing, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(thing) === mine) this.#last.delete(thing);
    }
  }
}
