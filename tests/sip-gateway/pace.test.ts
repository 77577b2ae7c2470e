import { expect, test } from 'vitest';
import { Pace } from '../../sip-gateway/pace.ts';

function taken(pace: Pace, address: string, count: number, nowMs: number): number {
  return Array.from({ length: count }, () => pace.takes(address, nowMs)).filter(Boolean).length;
}

test('a hundred calls may come at once, and twenty a second from then on', () => {
  const pace = new Pace();
  expect(taken(pace, '192.0.2.1', 300, 0)).toBe(100);
  expect(taken(pace, '192.0.2.1', 300, 1_000)).toBe(20);
  expect(taken(pace, '192.0.2.1', 300, 3_600_000)).toBe(100);
});

test('one address does not slow another', () => {
  const pace = new Pace();
  taken(pace, '192.0.2.1', 300, 0);
  expect(pace.takes('192.0.2.2', 0)).toBe(true);
});

test('this machine may call as fast as it can', () => {
  const pace = new Pace();
  for (const address of ['127.0.0.1', '127.0.0.66', '::1', '::ffff:127.0.0.1']) {
    expect(taken(pace, address, 1_000, 0)).toBe(1_000);
  }
  expect(pace.size).toBe(0);
});

test('a clock that is set back opens nothing and closes nothing', () => {
  const pace = new Pace();
  taken(pace, '192.0.2.1', 50, 10_000);
  expect(taken(pace, '192.0.2.1', 300, 0)).toBe(50);
  expect(taken(pace, '192.0.2.1', 300, 1_000)).toBe(20);
});

test('no more than ten thousand addresses are remembered', () => {
  const pace = new Pace();
  for (let n = 0; n < 20_000; n += 1) pace.takes(`2001:db8::${n.toString(16)}`, n);
  expect(pace.size).toBe(10_000);
});
