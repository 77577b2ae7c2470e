/** Something like a voice, and how like one another two hearings of it are. */

/** A voice repeats after so long, without a seam. */
const SECONDS = 2;
const PITCH_HZ = 120;
const HARMONICS = 15;
/** How far from one window to the next the sound may have slipped. */
const SLIP_SECONDS = 0.04;

/** Two seconds of a pitch that wanders, with formants that move and syllables. */
export function voice(rate: number): Int16Array {
  return Int16Array.from({ length: SECONDS * rate }, (_, i) => {
    const turns = (2 * Math.PI * i) / rate;
    const phase = PITCH_HZ * turns + 8 * Math.sin(turns);
    const formant = 5 + 2 * Math.sin(turns / 2);
    let sum = 0;
    for (let h = 1; h <= HARMONICS; h++)
      sum += Math.sin(h * phase) * Math.exp(-(((h - formant) / 3) ** 2));
    return 4000 * sum * (0.3 + 0.7 * Math.max(0, Math.sin(4 * turns)));
  });
}

/**
 * How like what was said is each 200 ms of what is heard: power that the best fitting piece of
 * `said` (which repeats) explains against the rest, in dB. Loudness and delay do not count.
 */
export function likenessDb(heard: Int16Array, said: Int16Array, rate: number): number[] {
  const size = rate / 5;
  const slip = SLIP_SECONDS * rate;
  const coarse = Math.max(1, Math.floor(rate / 12_000));
  const found: number[] = [];
  let expected: number | undefined;
  for (let at = 0; at + size <= heard.length; at += size) {
    const window = heard.subarray(at, at + size);
    const range: Range =
      expected === undefined
        ? { from: 0, to: said.length, stride: coarse }
        : { from: expected - slip, to: expected + slip, stride: coarse };
    const rough = bestShift(window, said, range);
    const fine = { from: rough - coarse, to: rough + coarse + 1, stride: 1 };
    const shift = bestShift(window, said, fine);
    const explained = likeness(window, said, { shift, stride: 1 });
    found.push(10 * Math.log10(explained / Math.max(1e-9, 1 - explained)));
    expected = shift + size;
  }
  return found;
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly stride: number;
}

function bestShift(window: Int16Array, said: Int16Array, { from, to, stride }: Range): number {
  let [best, most] = [from, -1];
  for (let shift = from; shift < to; shift += stride) {
    const like = likeness(window, said, { shift, stride });
    if (like > most) [best, most] = [shift, like];
  }
  return best;
}

/** The square of the normalised correlation, from 0 to 1; of opposite sign: 0. */
function likeness(
  window: Int16Array,
  said: Int16Array,
  { shift, stride }: { readonly shift: number; readonly stride: number },
): number {
  let [both, one, other] = [0, 1e-9, 1e-9];
  const length = said.length;
  for (let i = 0, j = ((shift % length) + length) % length; i < window.length; i += stride) {
    const [x, y] = [window[i]!, said[j]!];
    both += x * y;
    one += x * x;
    other += y * y;
    j += stride;
    if (j >= length) j -= length;
  }
  return both <= 0 ? 0 : (both * both) / (one * other);
}
