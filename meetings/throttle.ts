import { createHmac } from 'node:crypto';
import type { Basics } from './basics.ts';
import { InTurn } from './in-turn.ts';
import { attempt, fullUntil, takeBack } from './rules/throttle.ts';
import type { Limit, Tries } from './rules/throttle.ts';

/** Counts tries in the store, so that a restart forgives nobody. What is counted is kept as a digest. */
export class Throttle {
  readonly #basics: Basics;
  readonly #turns = new InTurn();

  constructor(basics: Basics) {
    this.#basics = basics;
  }

  /** Counts a try; 0 where it was allowed, else the milliseconds to wait. */
  count(what: string, limit: Limit): Promise<number> {
    return this.#turns.run(what, () => this.#count(what, limit));
  }

  async #count(what: string, limit: Limit): Promise<number> {
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

  /** Until when the next try would be refused; `undefined` where it would not. Counts nothing. */
  async fullUntil(what: string, limit: Limit): Promise<number | undefined> {
    const tries = await this.#basics.store.get<Tries>(this.#key(what));
    return fullUntil(tries ?? [], this.#basics.now(), limit);
  }

  async isFull(what: string, limit: Limit): Promise<boolean> {
    return (await this.fullUntil(what, limit)) !== undefined;
  }

  /** Takes back the newest try: it was a right one. */
  forgive(what: string, limit: Limit): Promise<void> {
    return this.#turns.run(what, () => this.#forgive(what, limit));
  }

  async #forgive(what: string, limit: Limit): Promise<void> {
    await this.#basics.store.update<Tries>(this.#key(what), (tries) => {
      const newest = tries?.at(-1);
      if (!tries || newest === undefined) return undefined;
      return { value: takeBack(tries, newest), expiresAtMs: newest + limit.windowMs };
    });
  }

  /** A name for what is counted, which tells nothing about it. */
  idOf(what: string): string {
    const digest = createHmac('sha256', this.#basics.keys.codes).update(`throttle:${what}`);
    return digest.digest('hex').slice(0, 40);
  }

  /** Forgets all tries that are counted under that name. */
  async lift(id: string): Promise<void> {
    await this.#basics.store.delete(place(id));
  }

  #key(what: string): string {
    return place(this.idOf(what));
  }
}

function place(id: string): string {
  return `throttle:${id}`;
}
