import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Timers } from '../../../bridge/desk/timers.ts';
import { leg } from '../../support/bridge-world.ts';

const woke: string[] = [];
const timers = new Timers<'key' | 'place'>((which, name) => woke.push(`${which.at(-1)} ${name}`));

beforeEach(() => {
  vi.useFakeTimers();
  woke.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

test('each leg has its own timers, by name, and one that is set again begins anew', () => {
  timers.set(leg(1), 'key', 100);
  timers.set(leg(1), 'place', 150);
  timers.set(leg(2), 'key', 100);
  vi.advanceTimersByTime(60);
  timers.set(leg(1), 'key', 100);
  vi.advanceTimersByTime(60);
  expect(woke).toEqual(['2 key']);
  vi.advanceTimersByTime(60);
  expect(woke).toEqual(['2 key', '1 place', '1 key']);
});

test('none fires that was cleared, or whose leg is gone', () => {
  timers.set(leg(1), 'key', 100);
  timers.set(leg(1), 'place', 100);
  timers.set(leg(2), 'key', 100);
  timers.clear(leg(1), 'key');
  timers.forget(leg(2));
  vi.advanceTimersByTime(200);
  expect(woke).toEqual(['1 place']);
  timers.set(leg(1), 'key', 100);
  timers.forgetAll();
  vi.advanceTimersByTime(200);
  expect(woke).toHaveLength(1);
});
