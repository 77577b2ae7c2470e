import { describe, expect, test } from 'vitest';
import { Echo } from '../../../../switch/media/dsp/echo.ts';

const frame = (n: number): Int16Array => new Int16Array(160).fill(n);

/** The number of the frame that each of so many ticks gives back. */
function played(delayMs: number, ticks: number): (number | undefined)[] {
  const echo = new Echo(delayMs);
  return Array.from({ length: ticks }, (_, n) => echo.next(frame(n))?.[0]);
}

describe('an echo', () => {
  test.each([
    [1000, 50],
    [100, 5],
    [30, 2],
    [1, 2],
  ])('of %i ms gives each frame back %i frames later', (delayMs, frames) => {
    const heard = played(delayMs, frames + 3);
    expect(heard.slice(0, frames)).toEqual(Array.from({ length: frames }, () => undefined));
    expect(heard.slice(frames)).toEqual([0, 1, 2]);
  });

  test('keeps what it was given, though the giver writes over it', () => {
    const echo = new Echo(40);
    const shared = frame(7);
    echo.next(shared);
    shared.fill(0);
    echo.next(undefined);
    expect(echo.next(undefined)?.[0]).toBe(7);
  });

  test('gives silence back for silence', () => {
    const echo = new Echo(40);
    for (let n = 0; n < 5; n++) expect(echo.next(undefined)).toBeUndefined();
  });
});
