/** Hearing tones: what tests ask of samples. Levels are against a sine of full scale: 0 dB. */

const SILENCE_DB = -120;

interface Fit {
  readonly tonePower: number;
  readonly otherPower: number;
}

/** A sine of `hz`, `level` of full scale, from the phase that sample `from` has. */
export function sine(
  hz: number,
  rate: number,
  samples: number,
  { level = 0.3, from = 0 } = {},
): Int16Array {
  const radians = (2 * Math.PI * hz) / rate;
  return Int16Array.from({ length: samples }, (_, i) =>
    Math.round(32767 * level * Math.sin(radians * (from + i))),
  );
}

/** How loud a tone is in the samples: 0 dB is a sine of full scale, -120 dB is none. */
export function toneLevelDb(pcm: Int16Array, rate: number, hz: number): number {
  return decibels(fit(pcm, rate, hz).tonePower, (32767 * 32767) / 2);
}

/** Power of the tone against that of everything else, constant offset aside. */
export function snrDb(pcm: Int16Array, rate: number, hz: number): number {
  const { tonePower, otherPower } = fit(pcm, rate, hz);
  return decibels(tonePower, Math.max(otherPower, 1e-3));
}

/** The loudest frequency from 50 Hz up, to about 0.5 Hz for a second of samples; 0 in silence. */
export function dominantHz(pcm: Int16Array, rate: number): number {
  const coarse = pcm.subarray(0, Math.min(pcm.length, Math.round(rate / 10)));
  const candidates = Array.from({ length: Math.floor(rate * 0.048) - 10 }, (_, n) => 50 + n * 10);
  const nearest = loudest(coarse, rate, candidates);
  if (toneLevelDb(coarse, rate, nearest) <= SILENCE_DB) return 0;
  const fine = pcm.subarray(0, Math.min(pcm.length, rate));
  const around = Array.from({ length: 81 }, (_, n) => nearest - 10 + n * 0.25);
  return loudest(fine, rate, around);
}

/** The steepest step from one sample to the next: a click is steeper than any tone in it. */
export function steepestStep(pcm: Int16Array): number {
  let steepest = 0;
  for (let i = 1; i < pcm.length; i++) {
    steepest = Math.max(steepest, Math.abs(pcm[i]! - pcm[i - 1]!));
  }
  return steepest;
}

/** The steepest step that a sine of `hz` and `level` of full scale can have. */
export function sineSlope(hz: number, rate: number, level: number): number {
  return 2 * 32767 * level * Math.sin((Math.PI * hz) / rate);
}

function loudest(pcm: Int16Array, rate: number, candidates: readonly number[]): number {
  let best = 0;
  let most = -1;
  for (const hz of candidates) {
    const power = correlate(pcm, rate, hz);
    if (power > most) {
      most = power;
      best = hz;
    }
  }
  return best;
}

/** Goertzel's filter: power at one frequency, in no particular unit. */
function correlate(pcm: Int16Array, rate: number, hz: number): number {
  const twice = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let last = 0;
  let before = 0;
  for (const sample of pcm) {
    const now = sample + twice * last - before;
    before = last;
    last = now;
  }
  return last * last + before * before - twice * last * before;
}

/** Least squares of a + b cos + c sin: exact whether or not the samples hold whole periods. */
function fit(pcm: Int16Array, rate: number, hz: number): Fit {
  const radians = (2 * Math.PI * hz) / rate;
  const sums = { s: 0, c: 0, ss: 0, cc: 0, sc: 0, x: 0, xs: 0, xc: 0, xx: 0 };
  pcm.forEach((x, i) => {
    const s = Math.sin(radians * i);
    const c = Math.cos(radians * i);
    sums.s += s;
    sums.c += c;
    sums.ss += s * s;
    sums.cc += c * c;
    sums.sc += s * c;
    sums.x += x;
    sums.xs += x * s;
    sums.xc += x * c;
    sums.xx += x * x;
  });
  const n = Math.max(1, pcm.length);
  const mean = { s: sums.s / n, c: sums.c / n, x: sums.x / n };
  const ss = sums.ss / n - mean.s * mean.s;
  const cc = sums.cc / n - mean.c * mean.c;
  const sc = sums.sc / n - mean.s * mean.c;
  const xs = sums.xs / n - mean.x * mean.s;
  const xc = sums.xc / n - mean.x * mean.c;
  const xx = sums.xx / n - mean.x * mean.x;
  const determinant = ss * cc - sc * sc || 1;
  const b = (xs * cc - xc * sc) / determinant;
  const a = (xc * ss - xs * sc) / determinant;
  const explained = b * xs + a * xc;
  return { tonePower: Math.max(0, (a * a + b * b) / 2), otherPower: Math.max(0, xx - explained) };
}

function decibels(power: number, reference: number): number {
  return power <= 0 ? SILENCE_DB : Math.max(SILENCE_DB, 10 * Math.log10(power / reference));
}
