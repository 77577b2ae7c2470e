/** What had the focus as a window was opened. */
export const openers = new WeakMap<Element, HTMLElement>();

/** By then the page has been drawn, and whoever keeps their own focus has done so. */
const LATE_MS = 100;

/** Where the focus was: what had it, and what that stood in, from the inside out. */
interface Held {
  readonly element: HTMLElement;
  readonly around: readonly HTMLElement[];
  /** The row that it stood in, and how many rows stood before that. */
  readonly row: { readonly element: HTMLElement; readonly at: number } | undefined;
}

/**
 * Whoever goes by keys or by ear is not thrown back to the top when what had the focus goes away: a row that is
 * deleted, a button that is done with, a window whose button is gone. The focus goes on to the row that took the place,
 * else to the heading of what is left around it. Never to another button: a key on its way down would press it.
 * What is marked `data-keeps-focus` may see to its own first.
 */
export function keepFocus(): void {
  let held: Held | undefined;
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) held = heldAt(target);
  });
  const goOn = (isLate: boolean) => {
    if (!held || document.activeElement !== document.body || !isGone(held.element)) return;
    if (!isLate && held.around.some(({ dataset }) => 'keepsFocus' in dataset)) return;
    const to = next(held);
    // Where nothing is left yet, what comes in its place will be looked at.
    if (to) held = undefined;
    to?.focus();
  };
  new MutationObserver(() => {
    if (!held || !isGone(held.element)) return;
    goOn(false);
    // What is merely disabled or hidden loses the focus only when the page is drawn.
    if (held) setTimeout(() => goOn(true), LATE_MS);
  }).observe(document, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled', 'open'],
  });
}

/** Of a window that is closed, even one over another: the button that opened it, where that is still there. */
function openerIn(around: readonly HTMLElement[]): HTMLElement | undefined {
  return around
    .map((each) => (each.isConnected ? undefined : openers.get(each)))
    .find((opener) => opener !== undefined && !isGone(opener));
}

function heldAt(element: HTMLElement): Held {
  const around: HTMLElement[] = [];
  for (let each = element.parentElement; each && each !== document.body; each = each.parentElement)
    around.push(each);
  const row = element.closest('li');
  const at = row ? [...(row.parentElement?.children ?? [])].indexOf(row) : 0;
  return { element, around, row: row ? { element: row, at } : undefined };
}

function isGone(element: HTMLElement): boolean {
  return !element.isConnected || element.matches(':disabled') || !element.checkVisibility();
}

function next({ around, row }: Held): HTMLElement | undefined {
  const near = row && (row.element.isConnected ? row.element : inItsPlace(around, row));
  const found = near ?? openerIn(around) ?? around.map(headingIn).find(Boolean);
  if (found?.tabIndex === -1 && !found.hasAttribute('tabindex')) found.tabIndex = -1;
  return found;
}

/** What stands where the row stood, or the last one before. */
function inItsPlace(around: readonly HTMLElement[], row: NonNullable<Held['row']>) {
  const list = around[around.indexOf(row.element) + 1];
  const rows = list?.isConnected ? [...list.children] : [];
  const found = rows[Math.min(row.at, rows.length - 1)];
  return found instanceof HTMLElement ? found : undefined;
}

function headingIn(element: HTMLElement): HTMLElement | undefined {
  if (!element.isConnected) return undefined;
  const headings = [...element.querySelectorAll<HTMLElement>('h1,h2,h3')];
  return headings.find(
    (heading) => heading.checkVisibility() && heading.closest('[inert]') === null,
  );
}
