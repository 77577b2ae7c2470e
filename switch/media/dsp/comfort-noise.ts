/** Peak of the default noise, about -65 dBov: heard as a line that is open, not as hiss. */
const DEFAULT_PEAK = 30;

/** Low, dull noise, so that silence does not sound like a dead line. The same seed gives the same noise. */
export class ComfortNoise {
  #state: number;
  #last = 0;
  readonly #peak: number;

  constructor(seed: number, peak = DEFAULT_PEAK) {
    this.#state = seed >>> 0 || 1;
    this.#peak = peak;
  }

  /** Overwrites `out` with noise. */
  fill(out: Int16Array): void {
    for (let i = 0; i < out.length; i++) out[i] = this.#next();
  }

  /** Adds noise to what is in `out`. */
  add(out: Int16Array): void {
    for (let i = 0; i < out.length; i++) {
      const sum = out[i]! + this.#next();
      out[i] = sum > 32767 ? 32767 : sum < -32768 ? -32768 : sum;
    }
  }

  /** White noise (xorshift32) through a one-pole low-pass: about as dull as a room. */
  #next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    this.#last += 0.25 * ((x / 0x8000_0000) * this.#peak - this.#last);
    return Math.round(this.#last * 2);
  }
}
