import { isLoopback } from '../protocol/loopback.ts';

interface Bucket {
  readonly calls: number;
  readonly atMs: number;
}

/** A trunk brings a whole meeting within seconds, from one address; floods bring hundreds a second. */
const CALLS_PER_SECOND = 20;
const BURST = 100;
const MAX_ADDRESSES = 10_000;

/**
 * How fast one address may call: a hundred at once, twenty a second from then on. This machine's own
 * addresses are exempt: proxies of ours call from there.
 */
export class Pace {
  readonly #buckets = new Map<string, Bucket>();

  get size(): number {
    return this.#buckets.size;
  }

  /** Takes one call of an address; false where it calls too fast. */
  takes(address: string, nowMs: number): boolean {
    if (isLoopback(address)) return true;
    const { calls, atMs } = this.#buckets.get(address) ?? { calls: BURST, atMs: nowMs };
    // The clock may be set back.
    const sinceMs = Math.max(0, nowMs - atMs);
    const left = Math.min(BURST, calls + (sinceMs / 1000) * CALLS_PER_SECOND);
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
