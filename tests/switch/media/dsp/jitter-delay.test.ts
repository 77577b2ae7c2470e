import { describe, expect, test } from 'vitest';
import { listen, talk } from '../../../support/jitter-line.ts';
import type { Heard } from '../../../support/jitter-line.ts';
import { chance } from '../../../support/lossy-network.ts';

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** As the switch has it. */
const LEAST_MS = 3;

describe('a clean path', () => {
  /** Against the raster of the ticks, which is any. */
  const phases = range(0, 19);
  const lastHoldMs = (heard: readonly Heard[]): number => {
    const { atMs, n } = heard.findLast(({ kind }) => kind === 'frame')!;
    return atMs - n! * 20;
  };
  const clean = (phase: number, quiet: boolean, packets: number) => {
    const delayMs = (): number => phase;
    const line = { packets: talk(0, packets, { delayMs }), quiet, minMs: LEAST_MS };
    const { heard, buffer } = listen({ ...line, untilMs: packets * 20 });
    return { holdMs: lastHoldMs(heard) - phase, stats: buffer.stats };
  };

  test('1.5 s after its beginning a call is held up less than 25 ms, 15 on average', () => {
    const holds = phases.map((phase) => clean(phase, true, 75).holdMs);
    expect(Math.max(...holds)).toBeLessThan(25);
    expect(Math.min(...holds)).toBeGreaterThanOrEqual(LEAST_MS);
    expect(holds.reduce((sum, hold) => sum + hold) / holds.length).toBeLessThanOrEqual(15);
  });

  test('who speaks from the first moment gives up 40 ms of his words for it at the most', () => {
    for (const phase of phases) {
      const { holdMs, stats } = clean(phase, false, 500);
      expect(holdMs).toBeLessThanOrEqual(26);
      expect(stats.lost).toBe(0);
      expect(stats.dropped).toBeLessThanOrEqual(2);
    }
  });

  test('packets up to 5 ms late, as a busy computer sends them, cost nothing', () => {
    for (const phase of phases) {
      const random = chance(phase + 1);
      const packets = talk(0, 3000, { delayMs: () => phase + 5 * random() });
      const { heard, buffer } = listen({ packets, untilMs: 60_000, minMs: LEAST_MS });
      expect(lastHoldMs(heard) - phase).toBeLessThanOrEqual(29);
      expect(buffer.stats).toMatchObject({ lost: 0, late: 0, inserted: 0 });
    }
  });
});

describe('a path that is clean at most times', () => {
  test('a burst of jitter costs less than 100 ms of four seconds, and is forgotten in silence', () => {
    const random = chance(4);
    const isBurst = (n: number): boolean => n >= 500 && n < 700;
    const packets = talk(0, 3500, { delayMs: (n) => (isBurst(n) ? 60 * random() : 0) });
    const line = { packets, untilMs: 16_000, minMs: LEAST_MS };
    const { heard, buffer } = listen(line);
    expect(heard.slice(500, 700).filter(({ kind }) => kind === 'lost').length).toBeLessThan(5);
    expect(buffer.stats.late).toBeLessThanOrEqual(1);
    const rest = listen({ ...line, untilMs: 70_000, quiet: true }).heard;
    const { atMs, n } = rest.findLast(({ kind }) => kind === 'frame')!;
    expect(atMs - n! * 20).toBeLessThan(25);
  });

  test('of stops of 60 ms each five seconds only the first are heard', () => {
    const delayMs = (n: number): number => Math.max(0, 60 - 20 * (n % 250));
    const packets = talk(1, 6000, { delayMs });
    const { heard } = listen({ packets, untilMs: 119_000, minMs: LEAST_MS });
    const lostIn = (from: number, to: number): number =>
      heard.slice(from, to).filter(({ kind }) => kind === 'lost').length;
    expect(lostIn(0, 1000)).toBeGreaterThan(0);
    expect(lostIn(1000, 5900)).toBe(0);
  });

  test('a late packet lengthens the delay at once, and speech keeps it for five seconds', () => {
    // From the thirtieth second on, 40 ms late.
    const packets = talk(0, 2500, { delayMs: (n) => (n >= 1500 && n < 1504 ? 40 : 0) });
    const ordered = packets.map((packet, n) => ({
      ...packet,
      arrivalMs: Math.max(
        packet.arrivalMs,
        ...packets.slice(Math.max(0, n - 5), n).map((p) => p.arrivalMs),
      ),
    }));
    const { heard } = listen({ packets: ordered, untilMs: 40_000, minMs: LEAST_MS });
    const holdAt = (tick: number): number => heard[tick]!.atMs - heard[tick]!.n! * 20;
    expect(holdAt(1490)).toBeLessThan(25);
    expect(holdAt(1510)).toBeGreaterThanOrEqual(40);
    expect(holdAt(1510 + 240)).toBeGreaterThanOrEqual(40);
    expect(holdAt(1990)).toBeLessThan(30);
  });
});
