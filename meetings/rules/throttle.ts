/** At most so many in any stretch of that length. */
export interface Limit {
  readonly count: number;
  readonly windowMs: number;
}

const QUARTER_HOUR_MS = 15 * 60_000;

/** Wrong codes from one caller. */
export const PER_SOURCE: Limit = { count: 5, windowMs: QUARTER_HOUR_MS };
/** The same while somebody hunts: whoever has the code types it right at once, or waits. */
export const PER_SOURCE_IN_A_HUNT: Limit = { count: 1, windowMs: QUARTER_HOUR_MS };
/** Wrong codes that begin with the same three digits: more is a hunt through a range. */
export const HUNT_IN_RANGE: Limit = { count: 20, windowMs: QUARTER_HOUR_MS };
/** Wrong codes over all: more is a hunt for any meeting. */
export const HUNT: Limit = { count: 100, windowMs: QUARTER_HOUR_MS };
/**
 * Beyond these no code is looked up but one that its caller gave before. They bound what somebody with ever new addresses or
 * numbers can try: 96,000 codes a day from each of the two networks (sources.ts). Among 9,000,000,000
 * codes with 200 alive, one of them falls in a day with a chance of 0.2 %; one whose first three digits
 * are known, with 0.1 %.
 */
export const MOST_IN_RANGE: Limit = { count: 100, windowMs: QUARTER_HOUR_MS };
export const MOST: Limit = { count: 1_000, windowMs: QUARTER_HOUR_MS };
/** Wrong keys and passwords from one address at the console's login. */
export const LOGIN: Limit = { count: 5, windowMs: QUARTER_HOUR_MS };
/** Wrong passwords for one name, from all addresses that it never signed in from. */
export const PER_LOGIN: Limit = { count: 20, windowMs: QUARTER_HOUR_MS };

/** When the tries that still count were made, milliseconds since 1970. */
export type Tries = readonly number[];

export type Attempt =
  | { readonly kind: 'allowed'; readonly tries: Tries }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number };

/** When a limit that is full has room again; `undefined` where it has room now. */
export function fullUntil(tries: Tries, nowMs: number, limit: Limit): number | undefined {
  const result = attempt(tries, nowMs, limit);
  return result.kind === 'throttled' ? nowMs + result.retryAfterMs : undefined;
}

/** Counts one more try, where there is room for it. */
export function attempt(tries: Tries, nowMs: number, limit: Limit): Attempt {
  const counting = stillCounting(tries, nowMs, limit);
  const oldest = counting[counting.length - limit.count];
  if (oldest === undefined) return { kind: 'allowed', tries: [...counting, nowMs] };
  return { kind: 'throttled', retryAfterMs: Math.max(1, oldest + limit.windowMs - nowMs) };
}

/** Takes one try made at `atMs` back: it was none. */
export function takeBack(tries: Tries, atMs: number): Tries {
  const at = tries.lastIndexOf(atMs);
  return at < 0 ? tries : tries.toSpliced(at, 1);
}

/** A try from the future was made before the clock was set back; it counts as if made now. */
function stillCounting(tries: Tries, nowMs: number, limit: Limit): Tries {
  return tries.filter((at) => at > nowMs - limit.windowMs).map((at) => Math.min(at, nowMs));
}
