import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attempt, takeBack } from '../../../meetings/rules/throttle.ts';
import type { Tries } from '../../../meetings/rules/throttle.ts';

const limit = { count: 5, windowMs: 1_000 };

test('the sixth try in any window waits until the first has left it', () => {
  let tries: Tries = [];
  for (const at of [0, 100, 200, 300, 400]) tries = allowed(attempt(tries, at, limit));
  expect(attempt(tries, 500, limit)).toEqual({ kind: 'throttled', retryAfterMs: 500 });
  expect(attempt(tries, 999, limit)).toEqual({ kind: 'throttled', retryAfterMs: 1 });
  expect(attempt(tries, 1_000, limit).kind).toBe('allowed');
  expect(attempt(tries, 1_050, limit)).toEqual({
    kind: 'allowed',
    tries: [100, 200, 300, 400, 1_050],
  });
});

test('a clock set back lifts nothing', () => {
  const tries = [5_000, 5_000, 5_000, 5_000, 5_000];
  expect(attempt(tries, 0, limit)).toEqual({ kind: 'throttled', retryAfterMs: 1_000 });
});

test('a try that was right is taken back, and only that one', () => {
  expect(takeBack([1, 2, 2], 2)).toEqual([1, 2]);
  expect(takeBack([1], 3)).toEqual([1]);
});

test('never more than the limit in any window, whatever the times', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3_000), { maxLength: 60 }), (times) => {
      let tries: Tries = [];
      const taken: number[] = [];
      for (const at of times.sort((a, b) => a - b)) {
        const result = attempt(tries, at, limit);
        if (result.kind !== 'allowed') continue;
        tries = result.tries;
        taken.push(at);
      }
      for (const end of taken)
        expect(taken.filter((at) => at > end - 1_000 && at <= end).length).toBeLessThanOrEqual(5);
    }),
    { seed: 20261122 },
  );
});

function allowed(result: ReturnType<typeof attempt>): Tries {
  if (result.kind !== 'allowed') throw new Error('throttled');
  return result.tries;
}
