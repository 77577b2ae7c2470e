import { expect, test } from 'vitest';
import { leftToRight } from '../../../web-phone/style/format.ts';

test('a number amid other words keeps its order in a page that is read from the right', () => {
  expect(leftToRight('+49 30 5550199')).toBe('\u2066+49 30 5550199\u2069');
});

test('no number is no words, so that something else stands in its place', () => {
  expect(leftToRight('')).toBe('');
});
