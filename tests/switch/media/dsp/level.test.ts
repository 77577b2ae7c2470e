import { expect, test } from 'vitest';
import { energyScore, levelDbov } from '../../../../switch/media/dsp/level.ts';
import { sine } from '../../../support/tones.ts';

test("the score is FreeSWITCH's mean of the samples without their signs", () => {
  expect(energyScore(Int16Array.of(100, -300, 0, 401))).toBe(200);
  expect(energyScore(new Int16Array(160))).toBe(0);
  expect(energyScore(new Int16Array(0))).toBe(0);
  expect(energyScore(new Int16Array(160).fill(-32_768))).toBe(32_768);
});

test('a sine of full scale is 3 dB below the loudest, silence is at the floor', () => {
  expect(levelDbov(sine(1000, 8000, 8000, { level: 1 }))).toBeCloseTo(-3.01, 1);
  expect(levelDbov(new Int16Array(160).fill(-32_768))).toBe(0);
  expect(levelDbov(new Int16Array(160))).toBe(-127);
  expect(levelDbov(new Int16Array(0))).toBe(-127);
});
