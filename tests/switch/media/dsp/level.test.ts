import { expect, test } from 'vitest';
import { energyScore } from '../../../../switch/media/dsp/level.ts';

test("the score is FreeSWITCH's mean of the samples without their signs", () => {
  expect(energyScore(Int16Array.of(100, -300, 0, 401))).toBe(200);
  expect(energyScore(new Int16Array(160))).toBe(0);
  expect(energyScore(new Int16Array(0))).toBe(0);
  expect(energyScore(new Int16Array(160).fill(-32_768))).toBe(32_768);
});
