/** Whether a key is meant for a field, which has uses of its own for it. */
export function isTyping({ target }: Event): boolean {
  if (target instanceof HTMLInputElement)
    return target.type !== 'checkbox' && target.type !== 'radio';
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

const PAGE = 8;

/** How many rows a key goes up or down; `undefined`: it is no such key. */
export function rowsBy(key: string): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return PAGE;
    case 'PageUp':
      return -PAGE;
    case 'Home':
      return -Infinity;
    case 'End':
      return Infinity;
    default:
      return undefined;
  }
}

/** How many controls a key goes on within a row, by which way the page is read; `undefined`: it is no such key. */
export function controlsBy(key: string, direction: string): number | undefined {
  const onwards = direction === 'rtl' ? -1 : 1;
  if (key === 'ArrowRight') return onwards;
  return key === 'ArrowLeft' ? -onwards : undefined;
}

/**
 * Arrow keys, Page Up and Down, Home and End go from row to row and stay at the same control; the other two arrows go
 * along the row. False where the key is for somebody else.
 */
export function rowStep(list: HTMLElement, event: KeyboardEvent): boolean {
  const { target, key } = event;
  if (isTyping(event) || !(target instanceof HTMLElement)) return false;
  const row = target.closest('li');
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return false;
  const up = rowsBy(key);
  const along = controlsBy(key, getComputedStyle(list).direction);
  if (up !== undefined) sameIn(rowAt(list, row, up), row, target)?.focus();
  else if (along !== undefined) nextIn(row, target, along)?.focus();
  else return false;
  return true;
}

/** What can be done in a row, from its beginning; what a menu of it holds goes by keys of its own. */
export function controlsOf(row: Element): readonly HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('button:not(.menu-item), input')];
}

function rowAt(list: HTMLElement, row: Element, by: number): Element {
  const rows = [...list.children];
  return rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(row) + by))] ?? row;
}

/** The same control of another row; where that cannot be used, the row's first: no key ends at another deed. */
function sameIn(to: Element, row: Element, target: HTMLElement): HTMLElement | undefined {
  const controls = controlsOf(to);
  const same = controls[controlsOf(row).indexOf(target)];
  return same && canFocus(same) ? same : controls.find(canFocus);
}

function nextIn(row: Element, target: HTMLElement, by: number): HTMLElement | undefined {
  const controls = controlsOf(row).filter((each) => each === target || canFocus(each));
  return controls[controls.indexOf(target) + by];
}

function canFocus(control: HTMLElement): boolean {
  return !control.matches(':disabled') && control.checkVisibility();
}
