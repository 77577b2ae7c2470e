/** Chance from a seed (mulberry32): the same throws for the same seed. */
export class Dice {
  readonly seed: number;
  #state: number;

  constructor(seed: number) {
    this.seed = seed;
    this.#state = seed;
  }

  /** A whole number from 0 to below `count`. */
  below(count: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  }

  pick<T>(from: readonly T[]): T {
    const at = this.below(from.length);
    if (at in from) return from[at] as T;
    throw new Error('nothing to pick from');
  }

  bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.below(256)));
  }

  /** The bytes with up to eight changed, and now and then cut short. */
  spoil(bytes: Uint8Array): Buffer {
    const spoilt = Buffer.from(bytes);
    for (let n = this.below(8); n >= 0 && spoilt.length > 0; n -= 1) {
      spoilt[this.below(spoilt.length)] = this.below(256);
    }
    return this.below(4) === 0 ? spoilt.subarray(0, this.below(spoilt.length)) : spoilt;
  }
}
