/** How loud speech is to people: ITU-R BS.1770-4, one channel. */

interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** Of blocks that overlap by three quarters. */
const BLOCK_SECONDS = 0.4;
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;

/**
 * Integrated loudness in LUFS. Shorter recordings are taken as if they were played over and over
 * for three seconds, since the measure is of blocks of 400 ms.
 */
export function loudness(pcm: Int16Array, rateHz: number): number {
  const times = Math.max(1, Math.ceil((3 * rateHz) / pcm.length));
  const samples = new Float64Array(pcm.length * times);
  for (let i = 0; i < samples.length; i++) samples[i] = pcm[i % pcm.length]! / 32_768;
  const weighted = filtered(filtered(samples, shelf(rateHz)), highPass(rateHz));
  const powers = blockPowers(weighted, rateHz);
  const loud = powers.filter((power) => lufs(power) > ABSOLUTE_GATE_LUFS);
  const gate = lufs(mean(loud)) + RELATIVE_GATE_LU;
  return lufs(mean(loud.filter((power) => lufs(power) > gate)));
}

function blockPowers(samples: Float64Array, rateHz: number): readonly number[] {
  const size = BLOCK_SECONDS * rateHz;
  const powers: number[] = [];
  for (let from = 0; from + size <= samples.length; from += size / 4) {
    let sum = 0;
    for (let i = from; i < from + size; i++) sum += samples[i]! * samples[i]!;
    powers.push(sum / size);
  }
  return powers;
}

function lufs(power: number): number {
  return -0.691 + 10 * Math.log10(power);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The head's shelf of BS.1770's annex 1, table 1, as its analogue model gives it at any rate. */
function shelf(rateHz: number): Biquad {
  const [hz, gainDb, q] = [1681.974450955533, 3.999843853973347, 0.7071752369554196];
  const k = Math.tan((Math.PI * hz) / rateHz);
  const high = 10 ** (gainDb / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b: [
      (high + (band * k) / q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / q + k * k) / a0,
    ],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  };
}

/** Table 2's high pass, likewise. */
function highPass(rateHz: number): Biquad {
  const [hz, q] = [38.13547087602444, 0.5003270373238773];
  const k = Math.tan((Math.PI * hz) / rateHz);
  const a0 = 1 + k / q + k * k;
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] };
}

function filtered(input: Float64Array, { b, a }: Biquad): Float64Array {
  const output = new Float64Array(input.length);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let i = 0; i < input.length; i++) {
    const x = input[i]!;
    const y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    output[i] = y;
  }
  return output;
}
