import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  windowScroll,
} from '@tanstack/virtual-core';
import type { Range, VirtualizerOptions } from '@tanstack/virtual-core';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import { slotsOf, withKept } from './row-slots.ts';
import type { RowSlot } from './row-slots.ts';

/** Up to so many rows are all in the page, where the browser's own search finds them. */
const ALL_UP_TO = 40;
const BEYOND_SIGHT = 6;
/** Until the list knows how high it is. */
const FIRST_GUESS_PX = 900;

export interface RowsAsked {
  /** What each row is known by, from the first to the last; each once. */
  readonly keys: readonly string[];
  /** How high a row is before it was measured; rows may differ. */
  readonly rowPx: number;
  /** What scrolls: the list itself, which CSS gives a height, or the whole page. */
  readonly scrolls: 'list' | 'page';
}

export interface VirtualRows {
  readonly rows: readonly RowSlot[];
  /** For the list's element. */
  readonly list: RefObject<HTMLUListElement | null>;
  /** Brings a row into sight; it is in the page by the next frame. */
  readonly show: (key: string) => void;
}

/**
 * Which rows of a long list are in the page: those in sight, some beyond, and the one that has the
 * focus. Each row's element takes its slot by `slotProps`.
 */
export function useVirtualRows(asked: RowsAsked): VirtualRows {
  const list = useRef<HTMLUListElement>(null);
  const [, drawAnew] = useState(0);
  const rows = useMemo(() => {
    const drawn = () => drawAnew((count) => count + 1);
    return asked.scrolls === 'list' ? inList(list, drawn) : inPage(list, drawn);
  }, [asked.scrolls]);
  const before = useRef<readonly RowSlot[]>([]);
  rows.take(asked);
  useLayoutEffect(() => rows.attend(), [rows]);
  useLayoutEffect(() => rows.settle());
  before.current = slotsOf(rows.shown(), { before: before.current, measure: rows.measure });
  return { rows: before.current, list, show: rows.show };
}

type List = RefObject<HTMLUListElement | null>;
type Where<S extends Element | Window> = Pick<
  VirtualizerOptions<S, HTMLElement>,
  'getScrollElement' | 'scrollToFn' | 'observeElementRect' | 'observeElementOffset'
> & {
  /** From the top of what scrolls to the top of the list. */
  readonly marginPx: () => number;
};

function inList(list: List, drawn: () => void) {
  return engine<HTMLElement>(list, drawn, {
    getScrollElement: () => list.current,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    marginPx: () => 0,
  });
}

function inPage(list: List, drawn: () => void) {
  return engine<Window>(list, drawn, {
    getScrollElement: () => window,
    scrollToFn: windowScroll,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    marginPx: () => (list.current?.getBoundingClientRect().top ?? 0) + window.scrollY,
  });
}

function engine<S extends Element | Window>(list: List, drawn: () => void, where: Where<S>) {
  const { marginPx, ...ways } = where;
  let keys: readonly string[] = [];
  let rowPx = 0;
  let margin = 0;
  let kept: string | undefined;
  const rangeExtractor = (range: Range): number[] => {
    if (keys.length <= ALL_UP_TO) return keys.map((_key, index) => index);
    return withKept(defaultRangeExtractor(range), kept === undefined ? -1 : keys.indexOf(kept));
  };
  const options = (): VirtualizerOptions<S, HTMLElement> => ({
    ...ways,
    count: keys.length,
    estimateSize: () => rowPx,
    getItemKey: (index) => keys[index] ?? index,
    overscan: BEYOND_SIGHT,
    scrollMargin: margin,
    initialRect: { width: 0, height: FIRST_GUESS_PX },
    rangeExtractor,
    onChange: drawn,
  });
  const rows = new Virtualizer<S, HTMLElement>(options());
  const lookAtMargin = (): void => {
    if (Math.abs(marginPx() - margin) < 1) return;
    margin = marginPx();
    drawn();
  };
  return {
    take: (asked: RowsAsked): void => {
      ({ keys, rowPx } = asked);
      rows.setOptions(options());
    },
    settle: (): void => {
      lookAtMargin();
      rows._willUpdate();
    },
    attend: (): (() => void) => {
      const unmount = rows._didMount();
      const forget = keepFocus(list, (key) => (kept = key));
      // What stands above the list comes and goes without the list being drawn.
      const above = new ResizeObserver(lookAtMargin);
      above.observe(document.body);
      return () => {
        above.disconnect();
        forget();
        unmount();
      };
    },
    measure: (element: HTMLElement | null): void => rows.measureElement(element),
    show: (key: string): void => {
      const index = keys.indexOf(key);
      if (index >= 0) rows.scrollToIndex(index);
    },
    shown: () => ({
      items: rows.getVirtualItems().filter(({ index }) => index < keys.length),
      keys,
      startPx: margin,
      endPx: margin + rows.getTotalSize(),
    }),
  };
}

/** Tells which row has the focus: a row that leaves the page would lose it. */
function keepFocus(list: List, keep: (key: string | undefined) => void): () => void {
  const element = list.current;
  const came = ({ target }: FocusEvent): void => {
    if (target instanceof Element) keep(keyAt(target));
  };
  const went = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && element?.contains(relatedTarget)) return;
    // A window that opens over the list gives the focus back to where it was.
    if (relatedTarget instanceof Element && relatedTarget.closest('dialog, [popover]')) return;
    keep(undefined);
  };
  element?.addEventListener('focusin', came);
  element?.addEventListener('focusout', went);
  return () => {
    element?.removeEventListener('focusin', came);
    element?.removeEventListener('focusout', went);
  };
}

function keyAt(element: Element): string | undefined {
  return element.closest('[data-row]')?.getAttribute('data-row') ?? undefined;
}
