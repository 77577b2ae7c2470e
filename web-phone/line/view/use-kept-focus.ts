import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { LineCall } from '../calls.ts';

/**
 * A button that goes with a call's state takes the focus with it: who had it among the calls goes on at the first
 * button of the calls there are, or where one dials.
 */
export function useKeptFocus(calls: readonly LineCall[]): void {
  const wasInside = useRef(false);
  useEffect(() => {
    const follow = ({ target }: FocusEvent) => {
      wasInside.current = target instanceof Element && target.closest('.line-calls') !== null;
    };
    addEventListener('focusin', follow);
    return () => removeEventListener('focusin', follow);
  }, []);
  // At once: on a busy machine what keeps the focus of any page would come first.
  useLayoutEffect(() => {
    if (!wasInside.current || document.activeElement !== document.body) return;
    const button = document.querySelector<HTMLElement>('.line-calls button');
    (button ?? document.querySelector<HTMLElement>('.line-main'))?.focus();
  }, [calls]);
}
