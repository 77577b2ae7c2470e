import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How late timers were, in milliseconds. */
export interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const RESOLUTION_MS = 20;
const WINDOW_MS = 10_000;
const NS = 1_000_000;

/** Measures this process' event loop; `read` is of the last whole ten seconds, or of the first ones so far. */
export function watchLoop(): { readonly read: () => LoopDelay; readonly stop: () => void } {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  // Each value holds the resolution too.
  const late = (ns: number): number => Math.max(0, Math.round(ns / NS - RESOLUTION_MS));
  const look = (): LoopDelay =>
    histogram.count === 0
      ? { p50: 0, p99: 0, max: 0 }
      : {
          p50: late(histogram.percentile(50)),
          p99: late(histogram.percentile(99)),
          max: late(histogram.max),
        };
  let last: LoopDelay | undefined;
  const timer = setInterval(() => {
    last = look();
    histogram.reset();
  }, WINDOW_MS).unref();
  return {
    read: () => last ?? look(),
    stop: () => {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
