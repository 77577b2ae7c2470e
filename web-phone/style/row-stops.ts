import { controlsOf } from './list-keys.ts';

/**
 * Tab stops once at each row of a list: at what has the focus in it, else at its first control. `rowStep` goes to the
 * others by the arrow keys (the roving tabindex of the ARIA Authoring Practices). A form in a row has its own stops.
 */
export function keepRowStops(list: HTMLElement): () => void {
  for (const row of list.children) settle(row);
  const moved = ({ target }: FocusEvent): void => {
    const row = rowOf(target);
    if (row) settle(row);
  };
  list.addEventListener('focusin', moved);
  list.addEventListener('focusout', moved);
  const changes = new MutationObserver((records) => {
    const rows = new Set(records.flatMap((record) => rowsIn(list, record)));
    for (const row of rows) settle(row);
  });
  changes.observe(list, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled'],
  });
  return () => {
    changes.disconnect();
    list.removeEventListener('focusin', moved);
    list.removeEventListener('focusout', moved);
  };
}

function rowsIn(list: HTMLElement, { target, addedNodes }: MutationRecord): readonly Element[] {
  if (target === list) return [...addedNodes].filter((node) => node instanceof Element);
  const row = rowOf(target);
  return row ? [row] : [];
}

function rowOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest('li') : null;
}

function settle(row: Element): void {
  const controls = controlsOf(row).filter((control) => !control.matches(':disabled'));
  const stop = controls.find((control) => control === document.activeElement) ?? controls[0];
  for (const control of controls) {
    const tabIndex = control === stop || control.closest('form') ? 0 : -1;
    if (control.tabIndex !== tabIndex) control.tabIndex = tabIndex;
  }
}
