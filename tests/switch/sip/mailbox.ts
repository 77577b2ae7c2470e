/** Things that arrive, in order, for a test to wait for one by one. */
export class Mailbox<T> {
  readonly #kept: T[] = [];
  readonly #waiting: ((item: T) => void)[] = [];

  put(item: T): void {
    const waiter = this.#waiting.shift();
    if (waiter) waiter(item);
    else this.#kept.push(item);
  }

  next(): Promise<T> {
    const item = this.#kept.shift();
    return item === undefined
      ? new Promise((done) => this.#waiting.push(done))
      : Promise.resolve(item);
  }

  /** The next that fits; those before it are dropped. */
  async nextWhere(fits: (item: T) => boolean): Promise<T> {
    for (;;) {
      const item = await this.next();
      if (fits(item)) return item;
    }
  }

  get kept(): readonly T[] {
    return this.#kept;
  }
}
