import { expect, test, vi } from 'vitest';
import { startTicker } from '../../../switch/media/ticker.ts';

test('a second has fifty ticks, and none after it was stopped', async () => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'],
  });
  let ticks = 0;
  const stop = startTicker(
    () => (ticks += 1),
    () => performance.now(),
  );
  await vi.advanceTimersByTimeAsync(1001);
  expect(ticks).toBe(50);
  stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(ticks).toBe(50);
  vi.useRealTimers();
});

test('late ticks are made up for, but not a long sleep of the machine', async () => {
  let nowMs = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] });
  const due: number[] = [];
  const stop = startTicker(
    (dueMs) => due.push(dueMs),
    () => nowMs,
  );
  nowMs = 60_000;
  await vi.advanceTimersByTimeAsync(21);
  expect(due).toEqual([60_000]);
  nowMs = 60_100;
  await vi.advanceTimersByTimeAsync(30);
  expect(due).toEqual([60_000, 60_020, 60_040, 60_060, 60_080, 60_100]);
  stop();
  vi.useRealTimers();
});
