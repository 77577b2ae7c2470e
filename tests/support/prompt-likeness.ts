import type { Piece, Print } from './prompt-print.ts';
import { BANDS } from './spectrum.ts';

/** Frames kept: longer than the longest recording. */
const KEPT = 1024;
/** Frames that one piece may be shifted against the next: a jitter buffer stretches and cuts. */
const SHIFTS = [0, -1, 1];
/** Under this strength there is nothing to compare. */
const FAINT = 1e-4;

/** Compares a stream of frames with prints, frame by frame. */
export class Likeness {
  /** Frames seen. */
  time = 0;
  /** Twice over, so that any window lies in one piece. */
  readonly #frames = new Float32Array(2 * KEPT * BANDS);
  /** Running sums of each band, and of all squares. */
  readonly #sums = new Float64Array(KEPT * BANDS);
  readonly #squares = new Float64Array(KEPT);
  readonly #likeness: ReadonlyMap<Piece, Float32Array>;

  constructor(prints: readonly Print[]) {
    const pieces = prints.flatMap((print) => print.pieces);
    this.#likeness = new Map(pieces.map((piece) => [piece, new Float32Array(KEPT)]));
  }

  push(bands: Float32Array): void {
    const [now, before] = [this.time % KEPT, (this.time + KEPT - 1) % KEPT];
    this.#frames.set(bands, now * BANDS);
    this.#frames.set(bands, (now + KEPT) * BANDS);
    let squares = this.#squares[before]!;
    for (let band = 0; band < BANDS; band++) {
      const value = bands[band]!;
      squares += value * value;
      this.#sums[now * BANDS + band] = this.#sums[before * BANDS + band]! + value;
    }
    this.#squares[now] = squares;
    this.time += 1;
    for (const history of this.#likeness.values()) history[now] = NaN;
  }

  /**
   * How like the first `count` pieces of a print is what ended with the frame before `end`: 1 is
   * the same, 0 nothing like it, or less than `atLeast`. The means of bands do not count, nor does
   * loudness.
   */
  of(print: Print, end: number, atLeast: number, count = print.pieces.length): number {
    const last = print.pieces[count - 1]!;
    const strength = last.strengthBefore + last.strength;
    let [shift, missed] = [0, 0];
    for (let i = count - 1; i >= 0; i--) {
      const piece = print.pieces[i]!;
      const at = end - 1 - piece.after + last.after + shift;
      const [like, step] = this.#best(piece, at, i === count - 1 ? [0] : SHIFTS);
      shift += step;
      missed += (1 - like) * piece.strength;
      if (missed > (1 - atLeast) * strength) return 0;
    }
    return 1 - missed / strength;
  }

  #best(piece: Piece, at: number, shifts: readonly number[]): readonly [number, number] {
    const history = this.#likeness.get(piece)!;
    let [best, step] = [-1, 0];
    for (const shift of shifts) {
      const time = at + shift;
      if (time < 0 || time >= this.time || time <= this.time - KEPT) continue;
      const kept = time % KEPT;
      if (Number.isNaN(history[kept])) history[kept] = this.#compare(piece, time);
      if (history[kept]! > best) [best, step] = [history[kept]!, shift];
    }
    return [best, step];
  }

  /** The normalised correlation of a piece with the frames up to a time. */
  #compare({ shape, strength, frames }: Piece, time: number): number {
    if (time + 1 < frames) return 0;
    const now = time % KEPT;
    const both = product(shape, this.#frames, (now + KEPT + 1 - frames) * BANDS);
    return both / (strength * Math.sqrt(this.#energy(now, frames) + FAINT));
  }

  /** The squares' sum of the last frames, each band's mean taken off. */
  #energy(now: number, frames: number): number {
    const before = (now + KEPT - frames) % KEPT;
    let energy = this.#squares[now]! - this.#squares[before]!;
    for (let band = 0; band < BANDS; band++) {
      const sum = this.#sums[now * BANDS + band]! - this.#sums[before * BANDS + band]!;
      energy -= (sum * sum) / frames;
    }
    return Math.max(0, energy);
  }
}

/** Four sums at once: the processor need not wait for each. */
function product(one: Float32Array, other: Float32Array, from: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0, j = from; i < one.length; i += 4, j += 4) {
    a += one[i]! * other[j]!;
    b += one[i + 1]! * other[j + 1]!;
    c += one[i + 2]! * other[j + 2]!;
    d += one[i + 3]! * other[j + 3]!;
  }
  return a + b + c + d;
}
