const AIR_PX = 12;

/** What comes to have the focus by keys is not left beneath a bar that stays at the edge of the window (WCAG 2.2, 2.4.11). */
export function keepInSight(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    // Once the browser has scrolled to it.
    requestAnimationFrame(() => {
      if (target === document.activeElement && target.matches(':focus-visible')) uncover(target);
    });
  });
}

function uncover(target: HTMLElement): void {
  const { left, width, top, bottom } = target.getBoundingClientRect();
  const over = document.elementFromPoint(left + width / 2, Math.min(bottom, innerHeight) - 2);
  const bar = over && !target.contains(over) ? barAround(over) : undefined;
  if (!bar || bar.contains(target)) return;
  const edge = bar.getBoundingClientRect();
  const isBelow = edge.top > innerHeight / 4;
  window.scrollBy(0, isBelow ? bottom - edge.top + AIR_PX : top - edge.bottom - AIR_PX);
}

function barAround(element: Element): Element | undefined {
  for (let each: Element | null = element; each; each = each.parentElement)
    if (['sticky', 'fixed'].includes(getComputedStyle(each).position)) return each;
  return undefined;
}
