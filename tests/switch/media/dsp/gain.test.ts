import { expect, test } from 'vitest';
import { applyVolume, volumeFactor } from '../../../../switch/media/dsp/gain.ts';

test("the steps are FreeSWITCH's", () => {
  const steps = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
  expect(steps.map(volumeFactor)).toEqual([0.2, 0.4, 0.6, 0.8, 1, 1.3, 2.3, 3.3, 4.3]);
});

test('steps beyond the last count as the last', () => {
  expect(volumeFactor(9)).toBe(4.3);
  expect(volumeFactor(-9)).toBe(0.2);
});

test('louder is cut to whole samples, stops at full scale and does not wrap', () => {
  const pcm = Int16Array.of(100, -100, 20_000, -20_000, 0);
  applyVolume(pcm, 2);
  expect([...pcm]).toEqual([229, -229, 32_767, -32_768, 0]);
});

test('step 0 changes nothing', () => {
  const pcm = Int16Array.of(1, -32_768, 32_767);
  applyVolume(pcm, 0);
  expect([...pcm]).toEqual([1, -32_768, 32_767]);
});
