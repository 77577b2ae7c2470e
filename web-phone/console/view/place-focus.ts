import { useEffect, useRef } from 'preact/hooks';

/** The first that is there: the meeting's, the place's, or the place itself while it has none. */
const HEADINGS = ['.frame-place #room-name', '.frame-place main h1', '.frame-place main'] as const;

/** To the heading of what is shown, so that it is read out, and so that the next Tab goes on from there. */
export function focusOnPlace(): void {
  const shown = HEADINGS.map((each) => document.querySelector<HTMLElement>(each)).find(Boolean);
  if (!shown) return;
  shown.tabIndex = -1;
  shown.focus({ preventScroll: true });
  shown.scrollIntoView({ block: 'nearest' });
}

/** After every way from one address to another; not where the page opens. */
export function useFocusOnPlace(address: string): void {
  const before = useRef(address);
  useEffect(() => {
    if (before.current === address) return;
    before.current = address;
    // A window over the page keeps what it has.
    if (!document.querySelector('dialog[open]')) focusOnPlace();
  }, [address]);
}
