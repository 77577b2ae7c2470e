import { expect, test } from 'vitest';
import {
  extendSequence,
  extendTimestamp,
  sequenceAfter,
  sequenceDelta,
  timestampAfter,
  timestampDelta,
} from '../../../protocol/rtp/sequence.ts';

const cases = [
  { from: 10, to: 11, delta: 1 },
  { from: 11, to: 10, delta: -1 },
  { from: 65535, to: 0, delta: 1 },
  { from: 0, to: 65535, delta: -1 },
  { from: 65530, to: 5, delta: 11 },
  { from: 0, to: 32767, delta: 32767 },
  { from: 0, to: 32768, delta: -32768 },
];
for (const { from, to, delta } of cases) {
  test(`from sequence number ${from} to ${to} is ${delta}`, () => {
    expect(sequenceDelta(from, to)).toBe(delta);
    expect(sequenceAfter(from, delta)).toBe(to);
  });
}

test('a timestamp goes over its end as a clock over midnight', () => {
  expect(timestampAfter(0xffff_ffff, 160)).toBe(159);
  expect(timestampDelta(0xffff_ffff, 159)).toBe(160);
  expect(timestampDelta(159, 0xffff_ffff)).toBe(-160);
});

test('extended numbers go on counting where the wire begins at 0 again', () => {
  let extended = 65_000;
  for (let step = 1; step <= 200_000; step += 7) {
    extended = extendSequence(extended, (65_000 + step) & 0xffff);
    expect(extended).toBe(65_000 + step);
  }
  expect(extendSequence(0x1_0000, 0xfffe)).toBe(0xfffe);
  expect(extendTimestamp(0x1_ffff_fff0, 0x10)).toBe(0x2_0000_0010);
  expect(extendTimestamp(0x2_0000_0010, 0xffff_fff0)).toBe(0x1_ffff_fff0);
});
