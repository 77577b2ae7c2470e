/** At most so many in any stretch of that length. */
export interface Limit {
  readonly count: number;
  readonly windowMs: number;
}

const QUARTER_HOUR_MS = 15 * 60_000;

/** Wrong codes from one caller. */
export const PER_SOURCE: Limit = { count: 5, windowMs: QUARTER_HOUR_MS };
/** Wrong codes, by whomever, that begin with the same three digits: a hunt through a range. */
export const PER_CODE_SPACE: Limit = { count: 20, windowMs: QUARTER_HOUR_MS };
/**
 * Wrong codes by everybody together: 9,600 guesses a day at most. Among 9,000,000,000 codes with 200
 * alive, one of them falls in a day with a chance of 0.02 %.
 */
export const OVER_ALL: Limit = { count: 100, windowMs: QUARTER_HOUR_MS };
/** Wrong keys from one address at the console's login. */
export const LOGIN: Limit = { count: 5, windowMs: QUARTER_HOUR_MS };

/** When the tries that still count were made, milliseconds since 1970. */
export type Tries = readonly number[];

export type Attempt =
  | { readonly kind: 'allowed'; readonly tries: Tries }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number };

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
