import { beforeAll, expect, test } from 'vitest';
import { createResampler, loadResampler } from '../../../../switch/media/dsp/resampler.ts';
import {
  dominantHz,
  sine,
  sineSlope,
  snrDb,
  steepestStep,
  toneLevelDb,
} from '../../../support/tones.ts';

beforeAll(loadResampler);

const RATES = [8000, 16_000, 32_000, 44_100, 48_000];

/** Seconds of a tone in 20 ms frames; says how many samples each frame gave. */
function through(
  fromHz: number,
  toHz: number,
  hz: number,
  seconds = 2,
): { pcm: Int16Array; counts: Set<number> } {
  const resampler = createResampler(fromHz, toHz);
  const size = fromHz / 50;
  const out = new Int16Array(4096);
  const pcm = new Int16Array(toHz * seconds);
  const counts = new Set<number>();
  for (let n = 0; n < seconds * 50; n++) {
    const count = resampler.process(sine(hz, fromHz, size, { from: n * size }), out);
    pcm.set(out.subarray(0, count), n * (toHz / 50));
    counts.add(count);
  }
  resampler.close();
  return { pcm, counts };
}

for (const fromHz of RATES) {
  for (const toHz of RATES) {
    test(`from ${fromHz} to ${toHz} Hz a tone keeps its pitch and level, 20 ms stay 20 ms`, () => {
      const { pcm, counts } = through(fromHz, toHz, 1000);
      expect(counts).toEqual(new Set([toHz / 50]));
      const settled = pcm.subarray(toHz / 10);
      expect(dominantHz(settled, toHz)).toBeCloseTo(1000, 0);
      expect(snrDb(settled, toHz, 1000)).toBeGreaterThan(50);
      expect(toneLevelDb(settled, toHz, 1000)).toBeCloseTo(20 * Math.log10(0.3), 1);
      expect(steepestStep(settled)).toBeLessThan(1.01 * sineSlope(1000, toHz, 0.3) + 3);
    });
  }
}

test('what a telephone cannot carry does not come back as another pitch', () => {
  const { pcm } = through(48_000, 8000, 5000);
  expect(toneLevelDb(pcm.subarray(800), 8000, 3000)).toBeLessThan(-60);
});

test('two streams do not mix', () => {
  const one = createResampler(8000, 16_000);
  const other = createResampler(8000, 16_000);
  const out = new Int16Array(320);
  for (let n = 0; n < 10; n++) {
    one.process(sine(1000, 8000, 160, { from: n * 160 }), out);
    other.process(new Int16Array(160), out);
    expect(out.every((sample) => sample === 0)).toBe(true);
  }
  one.close();
  other.close();
});

test('ten thousand streams opened and closed leave room for the next', () => {
  for (let n = 0; n < 10_000; n++) createResampler(8000, 48_000).close();
  const resampler = createResampler(8000, 48_000);
  expect(resampler.process(new Int16Array(160), new Int16Array(960))).toBe(960);
  resampler.close();
  resampler.close();
});
