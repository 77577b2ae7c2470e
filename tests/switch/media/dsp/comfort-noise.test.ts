import { expect, test } from 'vitest';
import { ComfortNoise } from '../../../../switch/media/dsp/comfort-noise.ts';

const second = (seed: number): Int16Array => {
  const pcm = new Int16Array(8000);
  new ComfortNoise(seed).fill(pcm);
  return pcm;
};

/** Against the loudest there is: 0 dBov (RFC 6465). */
const levelDbov = (pcm: Int16Array): number =>
  10 * Math.log10(pcm.reduce((sum, x) => sum + x * x, 0) / pcm.length / 32_768 ** 2);

test('an open line is heard, faintly', () => {
  expect(levelDbov(second(1))).toBeGreaterThan(-75);
  expect(levelDbov(second(1))).toBeLessThan(-60);
});

test('the same seed gives the same noise, another seed another', () => {
  expect(second(1)).toEqual(second(1));
  expect(second(1)).not.toEqual(second(2));
});

test('it is dull: neighbours are alike', () => {
  const pcm = second(3);
  let product = 0;
  for (let i = 1; i < pcm.length; i++) product += pcm[i]! * pcm[i - 1]!;
  expect(product / pcm.reduce((sum, x) => sum + x * x, 0)).toBeGreaterThan(0.5);
});

test('added to the loudest sound it does not wrap', () => {
  const pcm = new Int16Array(8000).fill(32_767);
  new ComfortNoise(1).add(pcm);
  expect(Math.min(...pcm)).toBeGreaterThan(32_000);
});
