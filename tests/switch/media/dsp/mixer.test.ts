import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clip16, limit, MixBus } from '../../../../switch/media/dsp/mixer.ts';
import { sine, snrDb, toneLevelDb } from '../../../support/tones.ts';

const RATE = 16_000;
const SIZE = RATE / 50;

test('each listener hears the others and not itself', () => {
  const bus = new MixBus(RATE);
  const tones = [400, 600, 900];
  const frames = tones.map((hz) => sine(hz, RATE, RATE, { level: 0.1 }));
  bus.clear();
  for (const frame of frames) bus.add(frame);
  tones.forEach((own, n) => {
    const out = new Int16Array(RATE);
    bus.listenerMix(frames[n], out);
    for (const hz of tones) {
      const level = toneLevelDb(out, RATE, hz);
      if (hz === own) expect(level).toBeLessThan(-80);
      else expect(level).toBeCloseTo(-20, 1);
    }
  });
});

test('who did not speak hears everyone, who is alone hears nothing', () => {
  const bus = new MixBus(SIZE);
  const frame = sine(400, RATE, SIZE);
  const out = new Int16Array(SIZE).fill(5);
  bus.clear();
  bus.listenerMix(undefined, out);
  expect(out).toEqual(new Int16Array(SIZE));
  bus.add(frame);
  bus.listenerMix(undefined, out);
  expect(out).toEqual(frame);
  bus.listenerMix(frame, out);
  expect(out).toEqual(new Int16Array(SIZE));
  expect(bus.talkers).toBe(1);
});

test('a tick leaves nothing behind for the next', () => {
  const bus = new MixBus(SIZE);
  const out = new Int16Array(SIZE);
  for (let n = 0; n < 3; n++) {
    bus.clear();
    bus.add(sine(400, RATE, SIZE));
    bus.listenerMix(undefined, out);
    expect(out).toEqual(sine(400, RATE, SIZE));
  }
});

test('a short frame is heard as far as it goes', () => {
  const bus = new MixBus(4);
  const out = new Int16Array(4);
  const short = Int16Array.of(1, 2);
  bus.clear();
  bus.add(short);
  bus.add(Int16Array.of(10, 10, 10, 10));
  bus.listenerMix(undefined, out);
  expect([...out]).toEqual([11, 12, 10, 10]);
  bus.listenerMix(short, out);
  expect([...out]).toEqual([10, 10, 10, 10]);
});

test('a hundred who shout at once are loud, within 16 bits, and not a square wave', () => {
  const bus = new MixBus(RATE);
  bus.clear();
  for (let n = 0; n < 100; n++) bus.add(sine(1000, RATE, RATE, { level: 0.9 }));
  const out = new Int16Array(RATE);
  bus.listenerMix(undefined, out);
  expect(toneLevelDb(out, RATE, 1000)).toBeGreaterThan(-3);
  expect(Math.max(...out)).toBeLessThan(32_768);
});

test('two loud talkers together are bent by less than clipping would', () => {
  const clipped = new Int16Array(RATE);
  const limited = new Int16Array(RATE);
  const loud = sine(1000, RATE, RATE, { level: 0.7 });
  for (let i = 0; i < RATE; i++) {
    clipped[i] = clip16(loud[i]! * 2);
    limited[i] = limit(loud[i]! * 2);
  }
  expect(snrDb(limited, RATE, 1000)).toBeGreaterThan(snrDb(clipped, RATE, 1000));
});

test('the limiter is exact below its knee, rises everywhere and is the same both ways', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 24), max: 2 ** 24 }), (sum) => {
      const out = limit(sum);
      expect(Math.abs(out)).toBeLessThanOrEqual(32_767);
      expect(limit(-sum)).toBeCloseTo(-out, 9);
      expect(limit(sum + 1)).toBeGreaterThanOrEqual(out);
      if (Math.abs(sum) <= 24_576) expect(out).toBe(sum);
    }),
    { seed: 16, numRuns: 5000 },
  );
});

test('a listener does not hear whom they do not want to hear, and everybody else as before', () => {
  const bus = new MixBus(RATE);
  const tones = [400, 600, 900, 1300];
  const frames = tones.map((hz) => sine(hz, RATE, RATE, { level: 0.1 }));
  const unheard = frames.slice(1, 3);
  bus.clear();
  for (const frame of frames) bus.add(frame);
  for (const own of [frames[0], undefined]) {
    const out = new Int16Array(RATE);
    bus.listenerMix(own, out, unheard);
    for (const [n, hz] of tones.entries()) {
      const level = toneLevelDb(out, RATE, hz);
      if (frames[n] === own || n === 1 || n === 2) expect(level).toBeLessThan(-80);
      else expect(level).toBeCloseTo(-20, 1);
    }
  }
});
