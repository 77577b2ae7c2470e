/** How loud the sum of a tone's frequencies peaks, of full scale: -10 dB. */
const PEAK = 0.316 * 32767;
/** Edges are faded over this, so that a beep begins and ends without a click. */
const FADE_MS = 2;

export interface ToneShape {
  readonly hz: readonly number[];
  readonly onMs: number;
  /** Silence after it; then the tone begins anew. */
  readonly offMs: number;
}

/** FreeSWITCH's `%(on,off,hz,…)`, repeated for ever: the caller counts samples or cycles. */
export class ToneGenerator {
  readonly #onSamples: number;
  readonly #fadeSamples: number;
  readonly #radians: readonly number[];
  /** Samples of one cycle, tone and silence. */
  readonly cycleSamples: number;
  #at = 0;

  constructor(shape: ToneShape, sampleRateHz: number) {
    this.#onSamples = Math.round((shape.onMs * sampleRateHz) / 1000);
    const offSamples = Math.round((shape.offMs * sampleRateHz) / 1000);
    this.cycleSamples = Math.max(1, this.#onSamples + offSamples);
    this.#fadeSamples = offSamples === 0 ? 0 : (FADE_MS * sampleRateHz) / 1000;
    this.#radians = shape.hz.map((hz) => (2 * Math.PI * hz) / sampleRateHz);
  }

  /** Writes the next samples. */
  fill(out: Int16Array): void {
    for (let i = 0; i < out.length; i++) {
      out[i] = this.#sample(this.#at % this.cycleSamples);
      // Without silence the phase runs on, so that the cycle's seam is not heard.
      this.#at++;
      if (this.#fadeSamples > 0 && this.#at === this.cycleSamples) this.#at = 0;
    }
  }

  #sample(inCycle: number): number {
    if (inCycle >= this.#onSamples || this.#radians.length === 0) return 0;
    let sum = 0;
    for (const radians of this.#radians) sum += Math.sin(radians * this.#at);
    return Math.round((this.#fade(inCycle) * PEAK * sum) / this.#radians.length);
  }

  #fade(inCycle: number): number {
    if (this.#fadeSamples === 0) return 1;
    return Math.min(
      1,
      inCycle / this.#fadeSamples,
      (this.#onSamples - inCycle) / this.#fadeSamples,
    );
  }
}
