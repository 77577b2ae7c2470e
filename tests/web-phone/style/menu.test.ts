import { expect, test } from 'vitest';
import { controlsBy, rowsBy } from '../../../web-phone/style/list-keys.ts';
import { nextOf } from '../../../web-phone/style/menu.tsx';

const words = ['Details …', 'Rename', 'Moderator', 'Remove …'];

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 3, 0],
  ['ArrowDown', -1, 0],
  ['ArrowUp', 0, 3],
  ['ArrowUp', 2, 1],
  ['Home', 2, 0],
  ['End', 1, 3],
  ['r', 0, 1],
  ['r', 1, 3],
  ['R', 3, 1],
  ['m', 2, 2],
  ['x', 0, -1],
  [' ', 0, -1],
  ['Enter', 0, -1],
])('in a menu %s leads from choice %i to %i', (key, at, next) => {
  expect(nextOf(words, at, key)).toBe(next);
});

test.each([
  ['ArrowDown', 1],
  ['ArrowUp', -1],
  ['PageDown', 8],
  ['PageUp', -8],
  ['Home', -Infinity],
  ['End', Infinity],
  ['Enter', undefined],
  ['a', undefined],
])('in a list %s goes %d rows', (key, by) => {
  expect(rowsBy(key)).toBe(by);
});

test.each([
  ['ArrowRight', 'ltr', 1],
  ['ArrowLeft', 'ltr', -1],
  ['ArrowRight', 'rtl', -1],
  ['ArrowLeft', 'rtl', 1],
  ['ArrowDown', 'ltr', undefined],
])('along a row %s, in a page read %s, goes on by %s', (key, direction, by) => {
  expect(controlsBy(key, direction)).toBe(by);
});
