import { useLayoutEffect } from 'preact/hooks';
import type { RefObject } from 'preact';
import { rowStep } from './list-keys.ts';
import { keepRowStops } from './row-stops.ts';

/** For the element of a list in which Tab stops once at each row. `isShown`: whether the element is there. */
export function useRowStops(list: RefObject<HTMLUListElement | null>, isShown = true) {
  useLayoutEffect(() => (list.current ? keepRowStops(list.current) : undefined), [list, isShown]);
  return {
    'data-row-stops': true,
    onKeyDown: (event: KeyboardEvent) => {
      if (list.current && rowStep(list.current, event)) event.preventDefault();
    },
  };
}
