import type { CDPSession, Page } from 'playwright-core';
import { percentile } from './percentile.ts';

const MEASURED_MS = 8_000;

export interface Frames {
  readonly framesASecond: number;
  /** From one frame to the next, milliseconds. */
  readonly frameMs: { readonly p50: number; readonly p95: number; readonly max: number };
  /** Of 50 ms and more on the page's thread (W3C Long Tasks). */
  readonly longTasks: number;
  /** Of the page's thread, percent: all it did, its scripts alone, style and layout. */
  readonly busyPercent: number;
  readonly scriptPercent: number;
  readonly layoutPercent: number;
}

/** What the page draws, and how busy it is, for eight seconds from now. */
export async function framesOf(page: Page, metrics: CDPSession): Promise<Frames> {
  const before = await spent(metrics);
  const { gaps, longTasks } = await page.evaluate<{ gaps: number[]; longTasks: number }>(WATCH);
  const after = await spent(metrics);
  const share = (name: keyof typeof before): number =>
    Math.round((100_000 * (after[name] - before[name])) / MEASURED_MS);
  return {
    framesASecond: Math.round((1_000 * gaps.length) / MEASURED_MS),
    frameMs: {
      p50: tenth(percentile(gaps, 0.5)),
      p95: tenth(percentile(gaps, 0.95)),
      max: tenth(percentile(gaps, 1)),
    },
    longTasks,
    busyPercent: share('task'),
    scriptPercent: share('script'),
    layoutPercent: share('layout'),
  };
}

function tenth(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** Seconds that the page's thread was busy so far. */
async function spent(metrics: CDPSession) {
  const { metrics: all } = await metrics.send('Performance.getMetrics');
  const of = (name: string): number => all.find((each) => each.name === name)?.value ?? 0;
  return {
    task: of('TaskDuration'),
    script: of('ScriptDuration'),
    layout: of('LayoutDuration') + of('RecalcStyleDuration'),
  };
}

/** Runs in the page: the time from each frame to the next. */
const WATCH = `new Promise((done) => {
  const gaps = [];
  let longTasks = 0;
  const observer = new PerformanceObserver((list) => (longTasks += list.getEntries().length));
  observer.observe({ type: 'longtask' });
  const beganMs = performance.now();
  let lastMs = beganMs;
  const frame = () => {
    const nowMs = performance.now();
    gaps.push(nowMs - lastMs);
    lastMs = nowMs;
    if (nowMs - beganMs < ${MEASURED_MS}) return requestAnimationFrame(frame);
    observer.disconnect();
    done({ gaps, longTasks });
  };
  requestAnimationFrame(frame);
})`;
