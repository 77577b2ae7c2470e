import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mosOf } from '../../../protocol/rtp/mos.ts';

/** Worked out by hand from the formula. */
const CASES = [
  { name: 'a clean line', lossPercent: 0, jitterMs: 0, roundTripMs: 0, mos: 4.39 },
  { name: 'one packet of a hundred lost', lossPercent: 1, jitterMs: 0, roundTripMs: 0, mos: 4.3 },
  { name: 'one packet of twenty lost', lossPercent: 5, jitterMs: 5, roundTripMs: 40, mos: 3.87 },
  { name: 'by satellite', lossPercent: 0, jitterMs: 10, roundTripMs: 600, mos: 3.33 },
  { name: 'a third lost', lossPercent: 33, jitterMs: 30, roundTripMs: 100, mos: 1.9 },
  { name: 'nothing arrives', lossPercent: 100, jitterMs: 0, roundTripMs: 0, mos: 1.15 },
];

test.each(CASES)('$name is heard as $mos', ({ mos, ...heard }) => {
  expect(mosOf(heard)).toBeCloseTo(mos, 1);
});

test('more loss, jitter or delay never sounds better', () => {
  const heard = fc.record({
    lossPercent: fc.double({ min: 0, max: 99, noNaN: true }),
    jitterMs: fc.double({ min: 0, max: 400, noNaN: true }),
    roundTripMs: fc.double({ min: 0, max: 3000, noNaN: true }),
  });
  fc.assert(
    fc.property(heard, fc.constantFrom('lossPercent', 'jitterMs', 'roundTripMs'), (line, field) => {
      const before = mosOf(line);
      const worse = mosOf({ ...line, [field]: line[field] + 1 });
      expect(worse).toBeLessThanOrEqual(before + 1e-9);
      expect(worse).toBeGreaterThanOrEqual(1);
    }),
    { seed: 7 },
  );
});
