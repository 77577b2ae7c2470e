/** What an ear makes of speech: how strong each band is, again and again. */

/** Samples a second that `Spectrum` takes: a telephone's. */
export const EAR_RATE_HZ = 8000;
/** From one frame to the next. */
export const HOP = 128;
export const FRAMES_A_SECOND = EAR_RATE_HZ / HOP;
export const BANDS = 20;

const WINDOW = 256;
const LOWEST_HZ = 250;
const HIGHEST_HZ = 3400;
/** Loudness grows with the power to this; below the floor nothing is heard. */
const LOUDNESS_EXPONENT = 0.2;
const FLOOR = 1e-7;

/** Cuts a stream of samples into frames and says how loud each band is in each. */
export class Spectrum {
  readonly #samples = new Float32Array(WINDOW);
  #filled = WINDOW - HOP;

  /** Calls back with `BANDS` values a frame; they are valid during the call only. */
  push(pcm: Int16Array, onFrame: (bands: Float32Array) => void): void {
    for (let at = 0; at < pcm.length;) {
      const count = Math.min(WINDOW - this.#filled, pcm.length - at);
      for (let i = 0; i < count; i++) this.#samples[this.#filled + i] = pcm[at + i]! / 32_768;
      this.#filled += count;
      at += count;
      if (this.#filled < WINDOW) return;
      onFrame(bandsOf(this.#samples));
      this.#samples.copyWithin(0, HOP);
      this.#filled = WINDOW - HOP;
    }
  }
}

const HANN = Float64Array.from({ length: WINDOW }, (_, i) => {
  return 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / WINDOW);
});
const TURNS = Array.from({ length: WINDOW / 2 }, (_, i) => (-2 * Math.PI * i) / WINDOW);
const COS = Float64Array.from(TURNS, Math.cos);
const SIN = Float64Array.from(TURNS, Math.sin);
const REVERSED = Uint16Array.from({ length: WINDOW }, (_, i) => {
  return Number.parseInt(i.toString(2).padStart(8, '0').split('').reverse().join(''), 2);
});
const EDGES = bandEdges();

const re = new Float64Array(WINDOW);
const im = new Float64Array(WINDOW);
const bands = new Float32Array(BANDS);

function bandsOf(samples: Float32Array): Float32Array {
  for (let i = 0; i < WINDOW; i++) {
    re[REVERSED[i]!] = samples[i]! * HANN[i]!;
    im[i] = 0;
  }
  transform();
  for (let band = 0; band < BANDS; band++) {
    let power = 0;
    for (let bin = EDGES[band]!; bin < EDGES[band + 1]!; bin++)
      power += re[bin]! ** 2 + im[bin]! ** 2;
    bands[band] = (power / WINDOW + FLOOR) ** LOUDNESS_EXPONENT;
  }
  return bands;
}

/** The fast Fourier transform of re and im, in place, their input in bit-reversed order. */
function transform(): void {
  for (let size = 2; size <= WINDOW; size *= 2) {
    const [half, step] = [size / 2, WINDOW / size];
    for (let block = 0; block < WINDOW; block += size) {
      for (let i = 0; i < half; i++) {
        const [cos, sin] = [COS[i * step]!, SIN[i * step]!];
        const [a, b] = [block + i, block + i + half];
        const [real, imaginary] = [re[b]! * cos - im[b]! * sin, re[b]! * sin + im[b]! * cos];
        re[b] = re[a]! - real;
        im[b] = im[a]! - imaginary;
        re[a]! += real;
        im[a]! += imaginary;
      }
    }
  }
}

/** Bins at which bands begin: even steps of mel, as the ear has them, of one bin at least. */
function bandEdges(): readonly number[] {
  const mel = (hz: number): number => 2595 * Math.log10(1 + hz / 700);
  const hz = (m: number): number => 700 * (10 ** (m / 2595) - 1);
  const [low, high] = [mel(LOWEST_HZ), mel(HIGHEST_HZ)];
  const edges: number[] = [];
  for (let i = 0; i <= BANDS; i++) {
    const bin = Math.round((hz(low + ((high - low) * i) / BANDS) * WINDOW) / EAR_RATE_HZ);
    edges.push(Math.max(bin, (edges.at(-1) ?? -1) + 1));
  }
  return edges;
}
