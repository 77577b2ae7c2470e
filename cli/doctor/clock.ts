import type { Finding } from '../../check/finding.ts';
import { fault, ok, unknown, warning } from '../../check/finding.ts';

const WHAT = 'Clock';
const LITTLE_MS = 2_000;
const MUCH_MS = 30_000;
const REMEDY = 'Let chrony or systemd-timesyncd set the clocks: tickets and codes go by them.';

/**
 * This machine's clock beside another's: the server's `Date`, which is of whole seconds, or the
 * store's. `undefined`: nobody was there to compare with.
 */
export function clockFinding(offMs: number | undefined): Finding {
  if (offMs === undefined) return unknown(WHAT, 'no other clock to compare it with');
  const found = `${(Math.abs(offMs) / 1_000).toFixed(1)} s from the server's`;
  if (Math.abs(offMs) >= MUCH_MS) return fault(WHAT, found, REMEDY);
  return Math.abs(offMs) >= LITTLE_MS ? warning(WHAT, found, REMEDY) : ok(WHAT, found);
}

/** How far off, from a `Date` header that was read between two looks at our own clock. */
export function offOf(date: string | null, beforeMs: number, afterMs: number): number | undefined {
  const theirs = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return undefined;
  // The header is cut to the second: half of one is what it lacks on average.
  return Math.round((beforeMs + afterMs) / 2 - (theirs + 500));
}
