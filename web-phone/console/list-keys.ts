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

/**
 * Arrow keys, Page Up and Down, Home and End go from row to row and stay at the same control.
 * False where the key is for somebody else.
 */
export function rowStep(list: HTMLElement, event: KeyboardEvent): boolean {
  const by = rowsBy(event.key);
  const { target } = event;
  if (by === undefined || isTyping(event) || !(target instanceof HTMLElement)) return false;
  const row = target.closest('li');
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return false;
  const rows = [...list.children];
  const at = Math.min(rows.length - 1, Math.max(0, rows.indexOf(row) + by));
  const next = rows[at];
  const control = controlsOf(row).indexOf(target);
  const controls = next ? controlsOf(next) : [];
  (controls[control] ?? controls.at(-1))?.focus();
  return true;
}

function controlsOf(row: Element): readonly HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('button:not(:disabled), input')];
}
