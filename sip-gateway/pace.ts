import { isLoopback } from '../protocol/loopback.ts';

interface Bucket {
  readonly calls: number;
  readonly atMs: number;
}

/** So many at once, and so many a second from then on. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** A trunk brings a whole meeting within seconds, from one address; floods bring hundreds a second. */
const OF_ADDRESSES: Rate = { burst: 100, perSecond: 20 };
const MAX_ADDRESSES = 10_000;

/**
 * How fast one address may call, or be called: a hundred at once, twenty a second from then on, unless
 * told otherwise. This machine's own addresses are exempt: proxies of ours call from there.
 */
export class Pace {
  readonly #rate: Rate;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate = OF_ADDRESSES) {
    this.#rate = rate;
  }

  get size(): number {
    return this.#buckets.size;
  }

  /** Takes one call of an address; false where it calls too fast. */
  takes(address: string, nowMs: number): boolean {
    if (isLoopback(address)) return true;
    const { burst, perSecond } = this.#rate;
    const { calls, atMs } = this.#buckets.get(address) ?? { calls: burst, atMs: nowMs };
    // The clock may be set back.
    const sinceMs = Math.max(0, nowMs - atMs);
    const left = Math.min(burst, calls + (sinceMs / 1000) * perSecond);
    // Put last again: the first is then always the one heard of longest ago.
    this.#buckets.delete(address);
    this.#buckets.set(address, { calls: left >= 1 ? left - 1 : left, atMs: nowMs });
    if (this.#buckets.size > MAX_ADDRESSES) this.#forgetOldest();
    return left >= 1;
  }

  #forgetOldest(): void {
    for (const address of this.#buckets.keys()) {
      this.#buckets.delete(address);
      return;
    }
  }
}
