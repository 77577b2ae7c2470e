const FIRST_MS = 250;
/** So that the rooms are right again within 3 s of the return, however long it took. */
const LONGEST_MS = 2000;

/**
 * How long to wait before dialling again after so many failures in a row (0 for the first):
 * 0.25 s doubling to 2 s, less up to half of it, so that many bridges do not call at once.
 * `chance` is from 0 up to 1.
 */
export function backoffMs(failures: number, chance: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return Math.round(longest * (1 - chance / 2));
}
