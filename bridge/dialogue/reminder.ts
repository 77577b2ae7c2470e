/** A muted talker is reminded at most so often. */
const EVERY_MS = 60_000;
/** Whoever was muted a moment ago hears so just now: FreeSWITCH tells at once of one cut off in a word. */
const JUST_MUTED_MS = 500;

/** When a caller was muted, and when they were last told that they talk so; absent: never. */
export interface MutedSince {
  readonly mutedMs?: number | undefined;
  readonly toldMs?: number | undefined;
}

/** Whether one who talks while muted is to be told so now. */
export function mayRemind({ mutedMs, toldMs }: MutedSince, nowMs: number): boolean {
  if (mutedMs !== undefined && nowMs - mutedMs < JUST_MUTED_MS) return false;
  return toldMs === undefined || nowMs - toldMs >= EVERY_MS;
}
