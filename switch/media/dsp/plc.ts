/** All in ms: ITU-T G.711 Appendix I searches pitches of 200 to 66 Hz over 20 ms of speech. */
const SHORTEST_PITCH_MS = 5;
const LONGEST_PITCH_MS = 15;
const TEMPLATE_MS = 20;
/** One more pitch period is repeated with each of these, up to three, or a vowel would buzz. */
const BLOCK_MS = 10;
const MOST_PERIODS = 3;
/** Full loudness until here, then silence by there. */
const FADE_FROM_MS = 10;
const SILENT_MS = 60;
const HISTORY_MS = 60;
const FRAME_MS = 20;

/**
 * Packet-loss concealment for codecs that have none, in the manner of G.711 Appendix I: the last
 * pitch periods are repeated, overlapped where they join, and fade to silence within 60 ms; what
 * comes after is cross-faded in. Unlike the appendix it delays nothing: the seam at the start is
 * closed by letting the step die away.
 */
export class Concealer {
  readonly #perMs: number;
  readonly #history: Float32Array;
  /** The last one, two and three pitch periods, each made to join with itself. */
  readonly #cycles: readonly Float32Array[];
  #pitch = 0;
  #lostSamples = 0;
  /** Where in the cycle the repetition stands. */
  #phase = 0;
  #periods = 1;
  #seam = 0;

  constructor(sampleRateHz: number) {
    this.#perMs = sampleRateHz / 1000;
    this.#history = new Float32Array(HISTORY_MS * this.#perMs);
    const longest = LONGEST_PITCH_MS * this.#perMs;
    this.#cycles = [1, 2, 3].map((periods) => new Float32Array(periods * longest));
  }

  /** Takes the first `count` samples as they came; cross-fades their beginning after a loss. */
  received(pcm: Int16Array, count: number): void {
    if (this.#lostSamples > 0) this.#joinTo(pcm, count);
    this.#lostSamples = 0;
    this.#remember(pcm, count);
  }

  /** Makes up 20 ms; says how many samples. */
  conceal(out: Int16Array): number {
    const count = FRAME_MS * this.#perMs;
    if (this.#lostSamples === 0) this.#prepare();
    for (let i = 0; i < count; i++) out[i] = this.#next();
    this.#remember(out, count);
    return count;
  }

  /** Appendix I.2.7: over a quarter of the pitch and 4 ms more for each 10 ms lost, 10 ms at most. */
  #joinTo(pcm: Int16Array, count: number): void {
    const lostMs = this.#lostSamples / this.#perMs;
    const overlapMs = this.#pitch / 4 / this.#perMs + 0.4 * lostMs;
    const overlap = Math.min(count, Math.round(Math.min(10, overlapMs) * this.#perMs));
    for (let i = 0; i < overlap; i++) {
      const weight = (i + 1) / (overlap + 1);
      pcm[i] = weight * pcm[i]! + (1 - weight) * this.#next();
    }
  }

  #prepare(): void {
    const history = this.#history;
    const end = history.length;
    const pitch = findPitch(history, this.#perMs);
    for (let periods = 1; periods <= MOST_PERIODS; periods++) {
      fillCycle(history, pitch, { periods, cycle: this.#cycles[periods - 1]! });
    }
    this.#pitch = pitch;
    this.#phase = 0;
    this.#periods = 1;
    this.#seam = history[end - 1]! - history[end - 1 - pitch]!;
  }

  #next(): number {
    const lostMs = this.#lostSamples / this.#perMs;
    if (lostMs >= SILENT_MS) return 0;
    const inBlock = this.#lostSamples % (BLOCK_MS * this.#perMs);
    const periods = Math.min(MOST_PERIODS, 1 + Math.floor(lostMs / BLOCK_MS));
    if (periods !== this.#periods) {
      this.#periods = periods;
      this.#phase %= this.#pitch;
    }
    const overlap = this.#pitch >> 2;
    let sample = this.#at(periods, this.#phase);
    if (lostMs < BLOCK_MS) {
      sample += this.#seam * Math.max(0, 1 - this.#lostSamples / overlap);
    } else if (periods > 1 && lostMs < BLOCK_MS * MOST_PERIODS && inBlock < overlap) {
      const weight = inBlock / overlap;
      const before = this.#at(periods - 1, (periods - 2) * this.#pitch + this.#phase);
      sample = weight * sample + (1 - weight) * before;
    }
    this.#phase++;
    this.#lostSamples++;
    const fade = (lostMs - FADE_FROM_MS) / (SILENT_MS - FADE_FROM_MS);
    return fade > 0 ? sample * (1 - fade) : sample;
  }

  #at(periods: number, phase: number): number {
    return this.#cycles[periods - 1]![phase % (periods * this.#pitch)]!;
  }

  #remember(pcm: Int16Array, count: number): void {
    const history = this.#history;
    const kept = Math.min(count, history.length);
    history.copyWithin(0, kept);
    const to = history.length - kept;
    for (let i = 0; i < kept; i++) history[to + i] = pcm[count - kept + i]!;
  }
}

/** Copies the last `periods` pitch periods, the last quarter period bent to lead into the first sample. */
function fillCycle(
  history: Float32Array,
  pitch: number,
  { periods, cycle }: { periods: number; cycle: Float32Array },
): void {
  const length = periods * pitch;
  const from = history.length - length;
  const overlap = pitch >> 2;
  for (let i = 0; i < length; i++) cycle[i] = history[from + i]!;
  // Three long periods leave no room before them in the history: then the join is as it was.
  if (from < overlap) return;
  for (let i = 0; i < overlap; i++) {
    const at = length - overlap + i;
    const weight = (i + 1) / overlap;
    cycle[at] = (1 - weight) * cycle[at]! + weight * history[from - overlap + i]!;
  }
}

/** The lag, in samples, at which the last 20 ms best resemble what was before them. */
function findPitch(history: Float32Array, perMs: number): number {
  const shortest = SHORTEST_PITCH_MS * perMs;
  const longest = LONGEST_PITCH_MS * perMs;
  const stride = Math.max(1, Math.round(perMs / 4));
  const coarse = bestLag(history, { from: shortest, to: longest, stride, perMs });
  return bestLag(history, {
    from: Math.max(shortest, coarse - stride + 1),
    to: Math.min(longest, coarse + stride - 1),
    stride: 1,
    perMs,
  });
}

interface Search {
  readonly from: number;
  readonly to: number;
  /** Of lags and of samples. */
  readonly stride: number;
  readonly perMs: number;
}

function bestLag(history: Float32Array, { from, to, stride, perMs }: Search): number {
  const end = history.length;
  const start = end - TEMPLATE_MS * perMs;
  let best = from;
  let bestLikeness = -Infinity;
  for (let lag = from; lag <= to; lag += stride) {
    let product = 0;
    let energy = 1;
    for (let i = start; i < end; i += stride) {
      const past = history[i - lag]!;
      product += history[i]! * past;
      energy += past * past;
    }
    const likeness = product / Math.sqrt(energy);
    if (likeness > bestLikeness) {
      bestLikeness = likeness;
      best = lag;
    }
  }
  return best;
}
