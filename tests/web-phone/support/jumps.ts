import type { Page } from 'playwright-core';

/** What a page may move by itself in all, as the Layout Instability API counts it. */
const AT_MOST = 0.05;

/** One layout shift that no click or key of the last half second explains. */
interface Jump {
  readonly value: number;
  /** What moved: where it was, where it is. */
  readonly moved: readonly string[];
}

interface WatchedPage {
  jumpsSoFar(): readonly Jump[];
}

/** Has a page note what it moves, from its next address on. A page that goes elsewhere begins anew. */
export async function watchJumps(page: Page): Promise<void> {
  await page.addInitScript(NOTE_JUMPS);
}

/** What moved by itself on a watched page, the most first; nothing where it all is too little to be seen. */
export async function jumpsOf(page: Page): Promise<readonly string[]> {
  const jumps = await page.evaluate(() => (window as unknown as WatchedPage).jumpsSoFar());
  const sum = jumps.reduce((all, { value }) => all + value, 0);
  if (sum <= AT_MOST) return [];
  return jumps
    .toSorted((a, b) => b.value - a.value)
    .map(({ value, moved }) => `moves by itself, ${value.toFixed(3)}: ${moved.join('; ')}`);
}

/** The DOM's types have none yet. */
interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRectReadOnly;
    readonly currentRect: DOMRectReadOnly;
  }[];
}

/** Runs in the page. */
function NOTE_JUMPS(): void {
  const notes = {
    jumps: [] as Jump[],
    take(entries: PerformanceEntryList): void {
      for (const { value, hadRecentInput, sources } of entries as Shift[])
        if (!hadRecentInput)
          notes.jumps.push({ value, moved: sources.map((source) => notes.told(source)) });
    },
    told({ node, previousRect, currentRect }: Shift['sources'][number]): string {
      const element = node instanceof Element ? node : node?.parentElement;
      const what = element
        ? `<${[element.localName, ...element.classList].join('.')}> "${element.textContent.trim().slice(0, 30)}"`
        : 'what is gone by now';
      return `${what} from ${notes.place(previousRect)} to ${notes.place(currentRect)}`;
    },
    place({ x, y, width, height }: DOMRectReadOnly): string {
      return `${Math.round(x)},${Math.round(y)} (${Math.round(width)}x${Math.round(height)})`;
    },
  };
  const observer = new PerformanceObserver((list) => notes.take(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  Object.assign(window, {
    jumpsSoFar(): readonly Jump[] {
      notes.take(observer.takeRecords());
      return notes.jumps;
    },
  });
}
