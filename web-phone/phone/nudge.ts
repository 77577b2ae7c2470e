/** At most so often, and for so long: a hint, no nagging. */
const EVERY_MS = 10_000;
export const NUDGE_MS = 5_000;

/** When somebody was told last that they speak while muted; ms of any steady clock. */
export type Nudged = number | undefined;

/** Whether to tell them now that they begin to speak. */
export function mayNudge(last: Nudged, nowMs: number): boolean {
  return last === undefined || nowMs - last >= EVERY_MS;
}
