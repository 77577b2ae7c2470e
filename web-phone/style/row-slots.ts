/** Where a row of a long list stands. The very same object for as long as nothing of it changes. */
export interface RowSlot {
  readonly key: string;
  /** From 0, and of how many. */
  readonly index: number;
  readonly count: number;
  /** Pixels above it, and below the last, that rows take which are not in the page. */
  readonly before: number;
  readonly after: number;
  readonly measure: (element: HTMLElement | null) => void;
}

/** Rows that are in the page, by place; `start` and `end` in pixels. */
export interface Shown {
  readonly items: readonly {
    readonly index: number;
    readonly start: number;
    readonly end: number;
  }[];
  readonly keys: readonly string[];
  readonly startPx: number;
  readonly endPx: number;
}

/** Rows in the flow of the page, with room left where others are not: a list stays a list. */
export function slotsOf(
  { items, keys, startPx, endPx }: Shown,
  known: { readonly before: readonly RowSlot[]; readonly measure: RowSlot['measure'] },
): readonly RowSlot[] {
  const earlier = new Map(known.before.map((slot) => [slot.key, slot]));
  let at = startPx;
  return items.map(({ index, start, end }, n): RowSlot => {
    const before = Math.max(0, Math.round(start - at));
    at = end;
    const key = keys[index] ?? String(index);
    const after = n === items.length - 1 ? Math.max(0, Math.round(endPx - end)) : 0;
    const slot = { key, index, count: keys.length, before, after, measure: known.measure };
    const was = earlier.get(key);
    return was !== undefined && sameSlot(was, slot) ? was : slot;
  });
}

function sameSlot(a: RowSlot, b: RowSlot): boolean {
  const { index, count, before, after, measure } = a;
  const isPlaced = index === b.index && count === b.count && measure === b.measure;
  return isPlaced && before === b.before && after === b.after;
}

/** The rows in sight and the one that must stay, in their order; `kept` below 0: none must. */
export function withKept(inSight: readonly number[], kept: number): number[] {
  if (kept < 0 || inSight.includes(kept)) return [...inSight];
  return [...inSight, kept].sort((a, b) => a - b);
}

/** What a row's element takes. Its place among all is told, as those around it may not be in the page. */
export function slotProps({ key, index, count, before, after, measure }: RowSlot) {
  return {
    ref: measure,
    'data-row': key,
    'data-index': index,
    'aria-posinset': index + 1,
    'aria-setsize': count,
    style: { marginBlockStart: px(before), marginBlockEnd: px(after) },
  };
}

function px(length: number): string {
  return length === 0 ? '' : `${length}px`;
}
