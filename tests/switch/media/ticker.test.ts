import { expect, test, vi } from 'vitest';
import { startTicker } from '../../../switch/media/ticker.ts';

test('a second has fifty ticks, and none after it was stopped', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  let ticks = 0;
  const stop = startTicker(
    () => (ticks += 1),
    () => performance.now(),
  );
  await vi.advanceTimersByTimeAsync(1000);
  expect(ticks).toBe(50);
  stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(ticks).toBe(50);
  vi.useRealTimers();
});

test('late ticks are made up for, but not a long sleep of the machine', async () => {
  let nowMs = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let ticks = 0;
  const stop = startTicker(
    () => (ticks += 1),
    () => nowMs,
  );
  nowMs = 60_000;
  await vi.advanceTimersByTimeAsync(20);
  expect(ticks).toBe(1);
  nowMs += 20;
  await vi.advanceTimersByTimeAsync(20);
  expect(ticks).toBe(2);
  nowMs += 60;
  await vi.advanceTimersByTimeAsync(20);
  expect(ticks).toBe(5);
  stop();
  vi.useRealTimers();
});
