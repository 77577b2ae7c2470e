import { expect, test } from 'vitest';
import { Attempts } from '../../sip-gateway/attempts.ts';

const MINUTE = 60_000;

function failing(times: number, everyMs = 0): Attempts {
  const attempts = new Attempts();
  for (let n = 0; n < times; n += 1) attempts.fail('10.0.0.1', 'anna', n * everyMs);
  return attempts;
}

test('four wrong passwords are human, five close the name to that address for 15 minutes', () => {
  expect(failing(4).isBlocked('10.0.0.1', 'anna', 0)).toBe(false);
  const blocked = failing(5);
  expect(blocked.isBlocked('10.0.0.1', 'anna', 15 * MINUTE - 1)).toBe(true);
  expect(blocked.isBlocked('10.0.0.1', 'anna', 15 * MINUTE)).toBe(false);
});

test('other names and other addresses stay open', () => {
  const blocked = failing(5);
  expect(blocked.isBlocked('10.0.0.1', 'bert', 0)).toBe(false);
  expect(blocked.isBlocked('10.0.0.2', 'anna', 0)).toBe(false);
});

test('mistakes more than five minutes apart do not add up', () => {
  expect(failing(10, 5 * MINUTE).isBlocked('10.0.0.1', 'anna', 50 * MINUTE)).toBe(false);
});

test('a flood of names takes a bounded amount of memory', () => {
  const attempts = new Attempts();
  for (let n = 0; n < 50_100; n += 1) attempts.fail('10.0.0.1', `user${n}`, 0);
  expect(attempts.size).toBe(50_000);
});
