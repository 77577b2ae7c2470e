/** The length of a frame everywhere. */
export const FRAME_MS = 20;

/** Further behind than this (a suspended machine) frames are let go, not made up for. */
const MOST_BEHIND_MS = 500;

/**
 * Calls `onTick` each 20 ms by the clock, without drift, with the time at which the tick was due:
 * a late tick makes the next one sooner. Returns what stops it.
 */
export function startTicker(onTick: (dueMs: number) => void, now: () => number): () => void {
  let nextMs = now() + FRAME_MS;
  let stopWaiting: () => void = () => undefined;
  const beat = () => {
    const nowMs = now();
    if (nowMs - nextMs > MOST_BEHIND_MS) nextMs = nowMs;
    if (nextMs <= nowMs) {
      onTick(nextMs);
      nextMs += FRAME_MS;
    }
    wait();
  };
  // Packets that the system holds already get their turn before each tick: in one that comes late
  // they are in time, and in those that are made up for.
  const afterPackets = () => {
    const immediate = setImmediate(beat);
    stopWaiting = () => clearImmediate(immediate);
  };
  const wait = () => {
    const leftMs = nextMs - now();
    if (leftMs <= 0) {
      afterPackets();
    } else {
      const timer = setTimeout(afterPackets, Math.ceil(leftMs));
      stopWaiting = () => clearTimeout(timer);
    }
  };
  wait();
  return () => stopWaiting();
}
