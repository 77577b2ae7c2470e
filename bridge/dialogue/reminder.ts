/** A muted talker is reminded at most so often. */
const EVERY_MS = 60_000;

/** Whether one who talks while muted is to be told so now; `lastMs` is when they were told. */
export function mayRemind(lastMs: number | undefined, nowMs: number): boolean {
  return lastMs === undefined || nowMs - lastMs >= EVERY_MS;
}
