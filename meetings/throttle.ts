import { createHmac } from 'node:crypto';
import type { Basics } from './basics.ts';
import { attempt, takeBack } from './rules/throttle.ts';
import type { Limit, Tries } from './rules/throttle.ts';

/** Counts tries in the store, so that a restart forgives nobody. What is counted is kept as a digest. */
export class Throttle {
  readonly #basics: Basics;

  constructor(basics: Basics) {
    this.#basics = basics;
  }

  /** Counts a try; 0 where it was allowed, else the milliseconds to wait. */
  async count(what: string, limit: Limit): Promise<number> {
    const nowMs = this.#basics.now();
    let waitMs = 0;
    await this.#basics.store.update<Tries>(this.#key(what), (tries) => {
      const result = attempt(tries ?? [], nowMs, limit);
      waitMs = result.kind === 'throttled' ? result.retryAfterMs : 0;
      return result.kind === 'allowed'
        ? { value: result.tries, expiresAtMs: nowMs + limit.windowMs }
        : undefined;
    });
    return waitMs;
  }

  /** Whether the next try would be refused; counts nothing. */
  async isFull(what: string, limit: Limit): Promise<boolean> {
    const tries = await this.#basics.store.get<Tries>(this.#key(what));
    return attempt(tries ?? [], this.#basics.now(), limit).kind === 'throttled';
  }

  /** Takes back the newest try: it was a right one. */
  async forgive(what: string, limit: Limit): Promise<void> {
    await this.#basics.store.update<Tries>(this.#key(what), (tries) => {
      const newest = tries?.at(-1);
      if (!tries || newest === undefined) return undefined;
      return { value: takeBack(tries, newest), expiresAtMs: newest + limit.windowMs };
    });
  }

  #key(what: string): string {
    const digest = createHmac('sha256', this.#basics.keys.codes).update(`throttle:${what}`);
    return `throttle:${digest.digest('hex').slice(0, 40)}`;
  }
}
