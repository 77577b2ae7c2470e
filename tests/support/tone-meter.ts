/** Tones that fit a whole number of times into 100 ms, so that a window of it tells them apart. */
export const TONES_HZ = [400, 500, 620, 770, 900, 1040, 1210, 1330, 1480, 1650] as const;

/** Samples of a steady tone that goes on where the last call ended. */
export class ToneSource {
  readonly #step: number;
  readonly #peak: number;
  #phase = 0;

  constructor(hz: number, sampleRateHz: number, peak = 6000) {
    this.#step = (2 * Math.PI * hz) / sampleRateHz;
    this.#peak = peak;
  }

  fill(out: Int16Array): void {
    for (let i = 0; i < out.length; i++) {
      out[i] = Math.round(this.#peak * Math.sin(this.#phase));
      this.#phase += this.#step;
    }
  }
}

/** Peak of one frequency in the samples (Goertzel's algorithm). */
export function peakOf(samples: Int16Array, hz: number, sampleRateHz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / sampleRateHz);
  let [before, last] = [0, 0];
  for (const sample of samples) {
    [before, last] = [last, sample + coefficient * last - before];
  }
  const power = last * last + before * before - coefficient * last * before;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

/** Which of `TONES_HZ` are in the samples, with a peak of `threshold` or more. */
export function tonesIn(samples: Int16Array, sampleRateHz: number, threshold = 500): number[] {
  return TONES_HZ.filter((hz) => peakOf(samples, hz, sampleRateHz) >= threshold);
}
