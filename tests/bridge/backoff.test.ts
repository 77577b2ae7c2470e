import { expect, test } from 'vitest';
import { backoffMs } from '../../bridge/backoff.ts';

test('a lost FreeSWITCH is called after 0.25 s, then less and less often, up to every 2 s', () => {
  expect([0, 1, 2, 3, 4, 99].map((failures) => backoffMs(failures, 0))).toEqual([
    250, 500, 1000, 2000, 2000, 2000,
  ]);
  expect(backoffMs(5, 0.999)).toBeGreaterThanOrEqual(1000);
});
