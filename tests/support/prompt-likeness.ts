import type { Piece, Print } from './prompt-print.ts';
import { BANDS } from './spectrum.ts';

/** Frames kept: longer than the longest recording. */
const KEPT = 1024;
/** A piece has fewer frames. */
const LENGTHS = 32;
/** Under this strength there is nothing to compare. */
const FAINT = 1e-4;
/** Under this energy nothing is like anything by more than a hundredth; the running sums leave as much of silence. */
const SILENT = FAINT / 10_000;

/** Compares a stream of frames with prints, frame by frame. */
export class Likeness {
  /** Frames seen. */
  time = 0;
  /** Twice over, so that any window lies in one piece. */
  readonly #frames = new Float32Array(2 * KEPT * BANDS);
  /** Running sums of each band, and of all squares. */
  readonly #sums = new Float64Array(KEPT * BANDS);
  readonly #squares = new Float64Array(KEPT);
  /** What was compared: for each time of an end, each piece; NaN: not yet. */
  readonly #compared: Float32Array;
  readonly #pieces: number;
  /** `#energy` of the last frames, by how many they are; NaN: not asked for yet. */
  readonly #energies = new Float64Array(KEPT * LENGTHS);

  constructor(prints: readonly Print[]) {
    this.#pieces = 1 + Math.max(...prints.flatMap(({ pieces }) => pieces.map(({ id }) => id)));
    this.#compared = new Float32Array(KEPT * this.#pieces);
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
    this.#compared.fill(NaN, now * this.#pieces, (now + 1) * this.#pieces);
    this.#energies.fill(NaN, now * LENGTHS, (now + 1) * LENGTHS);
  }

  /**
   * How like the first `count` pieces of a print is what ended with the frame before `end`: 1 is
   * the same, 0 nothing like it, or less than `atLeast`. The means of bands do not count, nor does
   * loudness; each piece may be a frame off against the next, as jitter buffers stretch and cut.
   */
  of(print: Print, end: number, atLeast: number, count = print.pieces.length): number {
    const last = print.pieces[count - 1]!;
    const strength = last.strengthBefore + last.strength;
    const allowed = (1 - atLeast) * strength;
    let at = end - 1;
    let missed = (1 - this.#at(last, at)) * last.strength;
    for (let i = count - 2; i >= 0 && missed <= allowed; i--) {
      const piece = print.pieces[i]!;
      at -= print.pieces[i + 1]!.frames;
      const [early, even, late] = [
        this.#at(piece, at - 1),
        this.#at(piece, at),
        this.#at(piece, at + 1),
      ];
      const best = Math.max(early, even, late);
      missed += (1 - best) * piece.strength;
      at += best === even ? 0 : best === early ? -1 : 1;
    }
    return missed <= allowed ? 1 - missed / strength : 0;
  }

  /** How like a piece is what ended with the frame at a time; -1: it is not known. */
  #at(piece: Piece, time: number): number {
    if (time < 0 || time >= this.time || time <= this.time - KEPT) return -1;
    const at = (time % KEPT) * this.#pieces + piece.id;
    const like = this.#compared[at]!;
    return Number.isNaN(like) ? (this.#compared[at] = this.#compare(piece, time)) : like;
  }

  /** The normalised correlation of a piece with the frames up to a time. */
  #compare({ shape, strength, frames }: Piece, time: number): number {
    if (time + 1 < frames) return 0;
    const now = time % KEPT;
    const energy = this.#energy(now, frames);
    // Silence is like nothing.
    if (energy < SILENT) return 0;
    const both = product(shape, this.#frames, (now + KEPT + 1 - frames) * BANDS);
    return both / (strength * Math.sqrt(energy + FAINT));
  }

  /** The squares' sum of the last frames, each band's mean taken off. */
  #energy(now: number, frames: number): number {
    const at = now * LENGTHS + frames;
    const known = this.#energies[at]!;
    return Number.isNaN(known) ? (this.#energies[at] = this.#energyOf(now, frames)) : known;
  }

  #energyOf(now: number, frames: number): number {
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
