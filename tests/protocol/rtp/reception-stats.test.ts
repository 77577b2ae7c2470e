import { expect, test } from 'vitest';
import { ReceptionStats } from '../../../protocol/rtp/reception-stats.ts';

function receive(
  stats: ReceptionStats,
  first: number,
  count: number,
  lose: (n: number) => boolean,
): void {
  for (let n = 0; n < count; n++) {
    if (lose(n)) continue;
    stats.receive({ sequence: (first + n) & 0xffff, timestamp: (n * 160) >>> 0 }, n * 20);
  }
}

test('every fifth packet lost is a fifth lost, over the wrap too', () => {
  const stats = new ReceptionStats(8000);
  receive(stats, 65_500, 1000, (n) => n % 5 === 2);
  expect(stats.received).toBe(800);
  expect(stats.lost).toBe(200);
  expect(stats.report(7, 20_000)).toMatchObject({
    ssrc: 7,
    fractionLost: 51,
    lost: 200,
    highestSequence: 65_500 + 999,
  });
});

test('a report tells the loss since the one before', () => {
  const stats = new ReceptionStats(8000);
  receive(stats, 0, 100, (n) => n === 50);
  expect(stats.report(7, 2000)).toMatchObject({ fractionLost: 2, lost: 1 });
  receive(stats, 100, 100, () => false);
  expect(stats.report(7, 4000)).toMatchObject({ fractionLost: 0, lost: 1 });
  expect(stats.report(7, 4000)).toMatchObject({ fractionLost: 0, lost: 1 });
});

test('before the first packet there is nothing to report', () => {
  const stats = new ReceptionStats(8000);
  expect(stats.report(7, 0)).toMatchObject({ fractionLost: 0, lost: 0, highestSequence: 0 });
  expect(stats.lost).toBe(0);
});

test('packets out of order are not lost; duplicates count against losses', () => {
  const stats = new ReceptionStats(8000);
  for (const sequence of [1, 3, 2, 4, 4]) stats.receive({ sequence, timestamp: sequence * 160 }, 0);
  expect(stats.lost).toBe(-1);
  expect(stats.report(7, 0).fractionLost).toBe(0);
});

test('a lone stray from nowhere is not counted; two in a row are the sender, begun anew', () => {
  const stats = new ReceptionStats(8000);
  receive(stats, 10, 100, () => false);
  stats.receive({ sequence: 30_000, timestamp: 0 }, 2000);
  expect(stats.lost).toBe(0);
  receive(stats, 110, 10, () => false);
  expect(stats.received).toBe(110);
  stats.receive({ sequence: 40_000, timestamp: 0 }, 2200);
  stats.receive({ sequence: 40_001, timestamp: 160 }, 2220);
  expect(stats.received).toBe(111);
  expect(stats.lost).toBe(0);
});

test('a steady stream has no jitter; one that comes by turns 0 and 10 ms late nears 10 ms', () => {
  const steady = new ReceptionStats(8000);
  receive(steady, 0, 500, () => false);
  expect(steady.jitterMs).toBe(0);
  const shaken = new ReceptionStats(48_000);
  for (let n = 0; n < 500; n++) {
    shaken.receive({ sequence: n, timestamp: n * 960 }, n * 20 + (n % 2) * 10);
  }
  expect(shaken.jitterMs).toBeCloseTo(10, 1);
  expect(shaken.report(1, 0).jitter).toBeGreaterThan(470);
});

test('the block tells how long ago the last sender report came', () => {
  const stats = new ReceptionStats(8000);
  receive(stats, 0, 2, () => false);
  expect(stats.report(1, 100)).toMatchObject({ lastSenderReport: 0, delaySinceLast: 0 });
  stats.noteSenderReport(0xb705_2000, 1000);
  expect(stats.report(1, 2500)).toMatchObject({
    lastSenderReport: 0xb705_2000,
    delaySinceLast: 65536 + 32768,
  });
});
