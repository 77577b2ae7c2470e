/** The length of a frame everywhere. */
export const FRAME_MS = 20;

/** More frames than this behind (a suspended machine): they are let go, not made up for. */
const MOST_BEHIND = 5;

/**
 * Calls `onTick` each 20 ms by the clock, without drift: a late tick makes the next one sooner.
 * Returns what stops it.
 */
export function startTicker(onTick: (nowMs: number) => void, now: () => number): () => void {
  let nextMs = now() + FRAME_MS;
  let timer: NodeJS.Timeout;
  const beat = () => {
    const nowMs = now();
    if (nowMs - nextMs > MOST_BEHIND * FRAME_MS) nextMs = nowMs;
    while (nextMs <= nowMs) {
      onTick(nowMs);
      nextMs += FRAME_MS;
    }
    wait();
  };
  const wait = () => {
    timer = setTimeout(beat, Math.max(0, Math.ceil(nextMs - now())));
  };
  wait();
  return () => clearTimeout(timer);
}
