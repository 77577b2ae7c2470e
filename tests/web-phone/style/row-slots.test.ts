import { describe, expect, test } from 'vitest';
import { slotProps, slotsOf, withKept } from '../../../web-phone/style/row-slots.ts';
import type { RowSlot } from '../../../web-phone/style/row-slots.ts';

const measure = () => undefined;
const keys = ['ada', 'grace', 'tim', 'mary', 'hedy'];

/** Rows of 50 pixels each. */
function shown(indexes: readonly number[], startPx = 0) {
  const at = (index: number) => startPx + 50 * index;
  const items = indexes.map((index) => ({ index, start: at(index), end: at(index) + 50 }));
  return { items, keys, startPx, endPx: at(keys.length) };
}

function slots(indexes: readonly number[], before: readonly RowSlot[] = [], startPx = 0) {
  return slotsOf(shown(indexes, startPx), { before, measure });
}

describe('rows of a long list', () => {
  test('leave the room that the rows take which are not in the page', () => {
    expect(slots([1, 2]).map(({ key, before, after }) => [key, before, after])).toEqual([
      ['grace', 50, 0],
      ['tim', 0, 100],
    ]);
  });

  test('leave it between them too, where one that has the focus stays far from the others', () => {
    expect(slots([0, 3, 4]).map(({ before }) => before)).toEqual([0, 100, 0]);
  });

  test('begin where the list begins in the page', () => {
    expect(slots([1], [], 400)[0]?.before).toBe(50);
    expect(slots([0, 1, 2, 3, 4], [], 400).at(-1)?.after).toBe(0);
  });

  test('are the very same while nothing of them changes', () => {
    const first = slots([1, 2, 3, 4]);
    const scrolled = slots([2, 3, 4], first);
    expect(scrolled[1]).toBe(first[2]);
    // Above it rows went out of the page now, and below the other some did.
    expect(scrolled[0]).not.toBe(first[1]);
    expect(slots([1, 2, 3], first)[2]).not.toBe(first[2]);
  });

  test('tell their place among all', () => {
    const slot = slots([3])[0]!;
    expect(slotProps(slot)).toMatchObject({
      'aria-posinset': 4,
      'aria-setsize': 5,
      style: { marginBlockStart: '150px', marginBlockEnd: '50px' },
    });
  });

  test('keep the one with the focus, in its order, once', () => {
    expect(withKept([4, 5, 6], 1)).toEqual([1, 4, 5, 6]);
    expect(withKept([4, 5, 6], 9)).toEqual([4, 5, 6, 9]);
    expect(withKept([4, 5, 6], 5)).toEqual([4, 5, 6]);
    expect(withKept([4, 5, 6], -1)).toEqual([4, 5, 6]);
  });
});
