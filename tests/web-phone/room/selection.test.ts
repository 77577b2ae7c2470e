import { describe, expect, test } from 'vitest';
import {
  allOrNone,
  extended,
  noneSelected,
  present,
  toggled,
} from '../../../web-phone/room/selection.ts';
import type { Selection } from '../../../web-phone/room/selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const none: Selection<string> = noneSelected();
const ids = (selection: Selection<string>) => [...selection.ids].sort().join('');

describe('selecting rows', () => {
  test('a click takes one, another lets it go', () => {
    const one = toggled(none, 'b');
    expect(ids(one)).toBe('b');
    expect(ids(toggled(one, 'b'))).toBe('');
  });

  test.each([
    ['b', 'd', 'bcd'],
    ['d', 'b', 'bcd'],
    ['c', 'c', 'c'],
  ])('shift takes all from %s to %s', (from, to, taken) => {
    expect(ids(extended(toggled(none, from), to, order))).toBe(taken);
  });

  test('shift keeps what was taken before, and goes on from the same row', () => {
    const some = extended(toggled(toggled(none, 'e'), 'b'), 'c', order);
    expect(ids(some)).toBe('bce');
    expect(ids(extended(some, 'a', order))).toBe('abce');
  });

  test('shift without a row before, or from one that is not shown, is a click', () => {
    expect(ids(extended(none, 'c', order))).toBe('c');
    expect(ids(extended(toggled(none, 'a'), 'c', ['b', 'c']))).toBe('ac');
  });

  test('all that are shown are taken; again, and none of them is', () => {
    const hidden = toggled(none, 'z');
    const all = allOrNone(hidden, order);
    expect(ids(all)).toBe('abcdez');
    expect(ids(allOrNone(all, order))).toBe('z');
  });

  test('who left is no longer selected', () => {
    const some = extended(toggled(none, 'a'), 'c', order);
    expect(ids(present(some, (id) => id !== 'b'))).toBe('ac');
    expect(present(some, () => true)).toBe(some);
  });
});
