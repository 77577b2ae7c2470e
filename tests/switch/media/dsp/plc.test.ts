import { describe, expect, test } from 'vitest';
import { Concealer } from '../../../../switch/media/dsp/plc.ts';
import { chance } from '../../../support/lossy-network.ts';
import { sine, sineSlope, snrDb, steepestStep, toneLevelDb } from '../../../support/tones.ts';

const LEVEL = 0.3;

/** A tone of which some 20 ms frames are lost. */
function withLosses(
  rate: number,
  hz: number,
  frames: number,
  lost: (n: number) => boolean,
): Int16Array {
  const concealer = new Concealer(rate);
  const size = rate / 50;
  const heard = new Int16Array(frames * size);
  for (let n = 0; n < frames; n++) {
    const frame = sine(hz, rate, size, { level: LEVEL, from: n * size });
    if (lost(n)) concealer.conceal(frame);
    else concealer.received(frame, size);
    heard.set(frame, n * size);
  }
  return heard;
}

const part = (pcm: Int16Array, rate: number, fromMs: number, toMs: number): Int16Array =>
  pcm.subarray((fromMs * rate) / 1000, (toMs * rate) / 1000);

for (const rate of [8000, 16_000]) {
  describe(`at ${rate} Hz`, () => {
    test('what is not lost passes unchanged', () => {
      expect(withLosses(rate, 440, 50, () => false)).toEqual(
        sine(440, rate, rate, { level: LEVEL }),
      );
    });

    for (const hz of [200, 300, 440, 1000, 1633]) {
      test(`a lost frame of a ${hz} Hz tone goes on at its pitch, and nothing clicks`, () => {
        const heard = withLosses(rate, hz, 50, (n) => n === 25);
        expect(snrDb(part(heard, rate, 490, 530), rate, hz)).toBeGreaterThan(10);
        expect(steepestStep(heard)).toBeLessThan(1.15 * sineSlope(hz, rate, LEVEL));
      });
    }

    test('a long loss fades, and is silent from 60 ms on', () => {
      const heard = withLosses(rate, 440, 50, (n) => n >= 25 && n < 35);
      const levels = [490, 520, 540, 560].map((ms) =>
        toneLevelDb(part(heard, rate, ms, ms + 10), rate, 440),
      );
      expect(levels[1]).toBeLessThan(levels[0]!);
      expect(levels[2]).toBeLessThan(levels[1]! - 3);
      expect(part(heard, rate, 561, 700).every((sample) => sample === 0)).toBe(true);
      expect(steepestStep(heard)).toBeLessThan(1.15 * sineSlope(440, rate, LEVEL));
    });

    test('noise is made up as loud as it was', () => {
      const random = chance(5);
      const concealer = new Concealer(rate);
      const frame = new Int16Array(rate / 50);
      for (let n = 0; n < 10; n++) {
        for (let i = 0; i < frame.length; i++) frame[i] = (random() - 0.5) * 8000;
        concealer.received(frame, frame.length);
      }
      concealer.conceal(frame);
      const power = frame.reduce((sum, x) => sum + x * x, 0) / frame.length;
      expect(10 * Math.log10(power / (8000 ** 2 / 12))).toBeGreaterThan(-4);
      expect(10 * Math.log10(power / (8000 ** 2 / 12))).toBeLessThan(3);
    });

    test('a loss before anything was heard is silence', () => {
      const out = new Int16Array(rate / 50).fill(7);
      expect(new Concealer(rate).conceal(out)).toBe(rate / 50);
      expect(out.every((sample) => sample === 0)).toBe(true);
    });

    test('the loudest square wave is concealed without going over the edge', () => {
      const concealer = new Concealer(rate);
      const frame = new Int16Array(rate / 50);
      for (let n = 0; n < 10; n++) {
        frame.forEach((_, i) => (frame[i] = i % 20 < 10 ? 32_767 : -32_768));
        concealer.received(frame, frame.length);
      }
      concealer.conceal(frame);
      // A wrap would show as a jump of the whole range where the wave has none.
      const jumps = frame.filter((x, i) => i > 0 && Math.abs(x - frame[i - 1]!) > 40_000).length;
      expect(jumps).toBeLessThanOrEqual(frame.length / 10 + 1);
    });
  });
}
