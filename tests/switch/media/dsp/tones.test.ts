import { expect, test } from 'vitest';
import { ToneGenerator } from '../../../../switch/media/dsp/tones.ts';
import { dominantHz, snrDb, steepestStep, toneLevelDb } from '../../../support/tones.ts';

const RATE = 8000;

function heard(tone: ToneGenerator, samples: number): Int16Array {
  const out = new Int16Array(samples);
  for (let at = 0; at < samples; at += 160) tone.fill(out.subarray(at, at + 160));
  return out;
}

test('a beep sounds, then is silent, over and over', () => {
  const tone = new ToneGenerator({ hz: [640], onMs: 100, offMs: 300 }, RATE);
  expect(tone.cycleSamples).toBe(3200);
  const pcm = heard(tone, 6400);
  for (const from of [0, 3200]) {
    const on = pcm.subarray(from, from + 800);
    expect(dominantHz(on, RATE)).toBeCloseTo(640, -1);
    expect(toneLevelDb(on.subarray(100, 700), RATE, 640)).toBeCloseTo(-10, 0);
    expect(pcm.subarray(from + 800, from + 3200).every((sample) => sample === 0)).toBe(true);
  }
});

test('a beep begins and ends without a click', () => {
  const pcm = heard(new ToneGenerator({ hz: [640], onMs: 95, offMs: 300 }, RATE), 3200);
  const slope = 0.316 * 32_767 * 2 * Math.sin((Math.PI * 640) / RATE);
  expect(steepestStep(pcm)).toBeLessThan(1.05 * slope);
  expect(Math.abs(pcm[0]!)).toBe(0);
});

test('a tone without a pause is one tone', () => {
  const pcm = heard(new ToneGenerator({ hz: [440], onMs: 333, offMs: 0 }, RATE), RATE * 2);
  expect(snrDb(pcm, RATE, 440)).toBeGreaterThan(60);
});

test('two frequencies sound together, each 6 dB lower', () => {
  const pcm = heard(new ToneGenerator({ hz: [350, 440], onMs: 2000, offMs: 100 }, RATE), RATE);
  expect(toneLevelDb(pcm, RATE, 350)).toBeCloseTo(-16, 0);
  expect(toneLevelDb(pcm, RATE, 440)).toBeCloseTo(-16, 0);
});

test('no frequency, or no time, is silence', () => {
  expect(heard(new ToneGenerator({ hz: [], onMs: 100, offMs: 0 }, RATE), 160)).toEqual(
    new Int16Array(160),
  );
  expect(heard(new ToneGenerator({ hz: [440], onMs: 0, offMs: 0 }, RATE), 160)).toEqual(
    new Int16Array(160),
  );
});
