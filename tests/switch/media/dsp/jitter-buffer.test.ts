import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JitterBuffer } from '../../../../switch/media/dsp/jitter-buffer.ts';
import { asText, CLOCK_HZ, listen, played, talk } from '../../../support/jitter-line.ts';
import type { OnTheWay } from '../../../support/jitter-line.ts';
import { chance } from '../../../support/lossy-network.ts';

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
const without = (packets: readonly OnTheWay[], ...lost: number[]): OnTheWay[] =>
  packets.filter((_, n) => !lost.includes(n));

describe('order', () => {
  test('voice is held 40 ms at first, then plays without a gap', () => {
    const { heard, buffer } = listen({ packets: talk(0, 99), untilMs: 2020, minMs: 40 });
    expect(asText(heard.slice(0, 6))).toBe('- - 0 1 2 3');
    expect(played(heard)).toEqual(range(0, 98));
    expect(buffer.stats).toMatchObject({ received: 100, lost: 0, late: 0, dropped: 0 });
  });

  test('packets that overtake each other play in their order', () => {
    const packets = talk(0, 99, { delayMs: (n) => (n % 3 === 0 ? 25 : 0) });
    expect(played(listen({ packets, untilMs: 1900 }).heard)).toEqual(range(0, 92));
  });

  test('before the first is played, one too old to keep does not push out a newer one', () => {
    const buffer = new JitterBuffer({ clockHz: CLOCK_HZ, minMs: 20, maxMs: 200 });
    for (const packet of talk(40, 120)) buffer.push(packet, 2000);
    for (const packet of talk(56, 56)) buffer.push(packet, 2001);
    for (const packet of talk(50, 50)) buffer.push(packet, 2001);
    const first = buffer.pull(2047);
    const n = first.kind === 'frame' ? first.payload[1]! : -1;
    expect(n).toBeGreaterThanOrEqual(110);
    expect(buffer.stats.duplicates + buffer.stats.late).toBe(2);
  });

  test('a first packet that was overtaken is played too', () => {
    const packets = talk(0, 99, { delayMs: (n) => (n === 0 ? 25 : 0) });
    expect(played(listen({ packets, untilMs: 1000 }).heard).slice(0, 3)).toEqual([0, 1, 2]);
  });

  test('a packet that comes twice plays once', () => {
    const packets = talk(0, 99).flatMap((packet) => [
      packet,
      { ...packet, arrivalMs: packet.arrivalMs + 90 },
    ]);
    const { heard, buffer } = listen({ packets, untilMs: 1900, minMs: 40 });
    expect(played(heard)).toEqual(range(0, 92));
    expect(buffer.stats.duplicates).toBeGreaterThan(80);
  });

  test('sequence numbers and timestamps that run over their ends make no gap', () => {
    const from = { sequence: 65_500, timestamp: 0xffff_ffff - 160 * 40 };
    const packets = talk(0, 199, { from });
    const { heard, buffer } = listen({ packets, untilMs: 3900, minMs: 40 });
    expect(played(heard)).toEqual(range(0, 192));
    expect(buffer.stats.lost).toBe(0);
  });
});

describe('loss', () => {
  test('a lost packet is made up, with the next one offered for its FEC', () => {
    const { heard } = listen({ packets: without(talk(0, 20), 5), untilMs: 240 });
    expect(asText(heard)).toBe('- - 0 1 2 3 4 !6 6 7 8 9');
  });

  test('of two lost in a row only the second can come from the next', () => {
    const { heard } = listen({ packets: without(talk(0, 20), 5, 6), untilMs: 240 });
    expect(asText(heard)).toBe('- - 0 1 2 3 4 ? !7 7 8 9');
  });

  test('a packet after its turn is not played, and not waited for', () => {
    const packets = talk(0, 60, { delayMs: (n) => (n === 30 ? 100 : 0) });
    const { heard, buffer } = listen({ packets, untilMs: 900 });
    expect(played(heard)).toEqual(range(0, 42).filter((n) => n !== 30));
    expect(buffer.stats).toMatchObject({ lost: 1, late: 1 });
  });

  test('a burst of five costs five, and the delay stays', () => {
    const { heard } = listen({ packets: without(talk(0, 60), 30, 31, 32, 33, 34), untilMs: 1100 });
    expect(asText(heard.slice(30, 42))).toBe('28 29 ? ? ? ? !35 35 36 37 38 39');
  });

  test('the end of the voice is bridged for 100 ms and is silence then', () => {
    const { heard } = listen({ packets: talk(0, 9), untilMs: 400 });
    expect(asText(heard)).toBe('- - 0 1 2 3 4 5 6 7 8 9 ? ? ? ? ? - - -');
  });
});

describe('silence that is not sent (DTX)', () => {
  test('a pause between two words is silence, not loss', () => {
    const { heard, buffer } = listen({
      packets: [...talk(0, 19), ...paused(talk(20, 39), 40)],
      untilMs: 1800,
    });
    expect(played(heard)).toEqual(range(0, 39));
    expect(buffer.stats.dropped + buffer.stats.late).toBe(0);
    const text = asText(heard);
    // 800 ms of pause: the bridge, then nothing; the second word is held 40 ms as the first was.
    expect(text).toContain(`19 ? ? ? ? ? ${'- '.repeat(35)}20 21`);
  });

  test('a short pause whose end is already here is silence from its first tick', () => {
    // 160 ms without packets, on a line whose jitter has the buffer hold back 200 ms.
    const random = chance(8);
    const delayMs = (): number => random() * 195;
    const packets = [...talk(0, 500, { delayMs }), ...paused(talk(501, 600, { delayMs }), 8)];
    const { heard } = listen({ packets, untilMs: 12_500 });
    const text = asText(heard);
    expect(text.slice(text.indexOf('500 '), text.indexOf('501 '))).not.toContain('?');
    expect(text).toMatch(/500 - - - - /);
  });

  test('a word after the pause whose first packet is lost begins at its second', () => {
    const packets = without([...talk(0, 19), ...paused(talk(20, 39), 40)], 20);
    const { heard } = listen({ packets, untilMs: 1800 });
    expect(played(heard)).toEqual(range(0, 39).filter((n) => n !== 20));
  });

  test('a sender whose timestamps stand still in a pause is heard without more delay', () => {
    const packets = [...talk(0, 99), ...talk(100, 600)].map((packet, n) =>
      n < 100 ? packet : { ...packet, arrivalMs: packet.arrivalMs + 1500 },
    );
    const { heard, buffer } = listen({ packets, untilMs: 13_000, minMs: 40 });
    expect(played(heard).slice(0, 570)).toEqual(range(0, 569));
    expect(buffer.targetMs).toBe(40);
    expect(buffer.stats).toMatchObject({ inserted: 0, dropped: 0, restarts: 0 });
  });

  test('an hour of silence is not a jump', () => {
    const packets = [...talk(0, 19), ...paused(talk(20, 39), 180_000)];
    const buffer = new JitterBuffer({ clockHz: CLOCK_HZ, minMs: 20, maxMs: 200 });
    listen({ packets: packets.slice(0, 20), untilMs: 600, buffer });
    packets.slice(20).forEach((packet) => buffer.push(packet, packet.arrivalMs));
    expect(buffer.stats).toMatchObject({ restarts: 0, received: 40 });
    expect(buffer.pull(packets[22]!.arrivalMs).kind).toBe('frame');
  });
});

describe('another stream', () => {
  const jump = { sequence: 30_000, timestamp: 5_000_000 };

  test('a lone stray is not played and disturbs nothing', () => {
    const stray = { ...talk(7, 7, { from: jump })[0]!, arrivalMs: 405 };
    const { heard, buffer } = listen({ packets: [...talk(0, 60), stray], untilMs: 900 });
    expect(played(heard)).toEqual(range(0, 42));
    expect(buffer.stats.restarts).toBe(0);
  });

  test('a sender that begins anew is followed from its second packet', () => {
    const packets = [...talk(0, 29), ...talk(30, 60, { from: jump })];
    const { heard, buffer } = listen({ packets, untilMs: 1200 });
    expect(buffer.stats.restarts).toBe(1);
    expect(played(heard).slice(-20)).toEqual(range(38, 57));
  });

  test('a clock that is set without a jump of numbers is followed too', () => {
    const from = { sequence: 0, timestamp: 80_000_000 };
    const { heard, buffer } = listen({
      packets: [...talk(0, 29), ...talk(30, 60, { from })],
      untilMs: 1200,
    });
    expect(buffer.stats.restarts).toBe(1);
    expect(played(heard).slice(-10)).toEqual(range(48, 57));
  });

  test('after a reset the next packet begins', () => {
    const buffer = new JitterBuffer({ clockHz: CLOCK_HZ, minMs: 20, maxMs: 200 });
    listen({ packets: talk(0, 29), untilMs: 500, buffer });
    buffer.reset();
    expect(buffer.depthMs).toBe(0);
    expect(buffer.pull(507)).toEqual({ kind: 'empty' });
    buffer.push(talk(0, 0, { from: jump })[0]!, 510);
    expect(buffer.depthMs).toBe(20);
  });
});

describe('delay', () => {
  const jittery = (mostMs: number, seed: number): ((n: number) => number) => {
    const random = chance(seed);
    return () => random() * mostMs;
  };

  for (const { mostMs, least, most } of [
    { mostMs: 0, least: 20, most: 20 },
    { mostMs: 10, least: 20, most: 25 },
    { mostMs: 30, least: 25, most: 40 },
    { mostMs: 80, least: 65, most: 90 },
    { mostMs: 400, least: 200, most: 200 },
  ]) {
    test(`packets up to ${mostMs} ms late are held ${least} to ${most} ms`, () => {
      const { heard, buffer } = listen({
        packets: talk(0, 1500, { delayMs: jittery(mostMs, 9) }),
        untilMs: 30_000,
      });
      expect(buffer.targetMs).toBeGreaterThanOrEqual(least);
      expect(buffer.targetMs).toBeLessThanOrEqual(most);
      const missed = heard.slice(250).filter(({ kind }) => kind === 'lost').length;
      if (mostMs <= 80) expect(missed).toBeLessThan(1250 * 0.05);
    });
  }

  test('when the network calms down the delay comes back', () => {
    const random = chance(3);
    const packets = talk(0, 3000, { delayMs: (n) => (n < 1000 ? random() * 120 : 0) });
    const { heard, buffer } = listen({ packets, untilMs: 60_000 });
    expect(heard[990]!.depthMs).toBeGreaterThan(40);
    expect(buffer.targetMs).toBe(20);
    expect(heard.at(-2)!.depthMs).toBeLessThanOrEqual(60);
  });

  test('half a second without a packet, then all at once: back to live within a second', () => {
    const packets = talk(0, 300).map((packet, n) => ({
      ...packet,
      arrivalMs: n >= 100 && n < 125 ? 2500 : packet.arrivalMs,
    }));
    const { heard } = listen({ packets, untilMs: 6000 });
    const live = heard.filter(({ atMs }) => atMs > 3500);
    for (const { atMs, n, kind } of live) {
      if (kind === 'frame') expect(atMs - n! * 20).toBeLessThanOrEqual(260);
    }
    expect(live.filter(({ kind }) => kind === 'lost').length).toBeLessThan(25);
  });

  test('what piled up before the call was answered is not played late', () => {
    const buffer = new JitterBuffer({ clockHz: CLOCK_HZ, minMs: 20, maxMs: 200 });
    for (const packet of talk(0, 199)) buffer.push(packet, packet.arrivalMs);
    const first = buffer.pull(3987);
    expect(first.kind).toBe('frame');
    const n = first.kind === 'frame' ? (first.payload[0]! << 8) | first.payload[1]! : -1;
    expect(3987 - n * 20).toBeLessThanOrEqual(60);
  });

  for (const quiet of [true, false]) {
    for (const ppm of [300, -300]) {
      test(`a clock ${ppm} ppm off is followed for ten minutes, ${quiet ? 'in silence' : 'in speech'}`, () => {
        const packets = talk(0, 30_000, { delayMs: (n) => -n * 20 * ppm * 1e-6 });
        const { heard, buffer } = listen({ packets, untilMs: 599_000, quiet });
        // 180 ms of drift: nine frames.
        const { dropped, inserted, lost } = buffer.stats;
        const corrected = ppm > 0 ? dropped : inserted;
        expect(corrected).toBeGreaterThanOrEqual(7);
        expect(corrected).toBeLessThanOrEqual(12);
        expect(lost).toBeLessThanOrEqual(1);
        const depths = heard.slice(100).map(({ depthMs }) => depthMs);
        expect(Math.max(...depths)).toBeLessThanOrEqual(100);
      });
    }
  }
});

describe('packets of other lengths', () => {
  for (const packetMs of [10, 20, 30, 40, 60]) {
    test(`of ${packetMs} ms play at the speed they were spoken`, () => {
      const packets = talk(0, Math.ceil(20_000 / packetMs), { packetMs });
      const buffer = new JitterBuffer({ clockHz: CLOCK_HZ, minMs: 40, maxMs: 200 });
      let [next, left, starved] = [0, 0, 0];
      const order: number[] = [];
      for (let atMs = 7; atMs < 20_000; atMs += 20) {
        for (; packets[next]!.arrivalMs <= atMs; next++)
          buffer.push(packets[next]!, packets[next]!.arrivalMs);
        while (left < 20) {
          const pulled = buffer.pull(atMs);
          if (pulled.kind === 'empty') break;
          if (pulled.kind === 'frame') order.push((pulled.payload[0]! << 8) | pulled.payload[1]!);
          left += pulled.kind === 'frame' ? packetMs : 20;
        }
        if (left < 20) starved++;
        left = Math.max(0, left - 20);
      }
      expect(starved).toBeLessThanOrEqual(4);
      expect(order).toEqual(range(0, order.length - 1));
      expect(order.length * packetMs).toBeGreaterThan(19_800);
      expect(buffer.stats).toMatchObject({ lost: 0, dropped: 0, inserted: 0 });
    });
  }

  for (const packetMs of [40, 60]) {
    test(`of ${packetMs} ms pulled once a tick leave the ticks between them empty`, () => {
      const { heard, buffer } = listen({ packets: talk(0, 300, { packetMs }), untilMs: 6000 });
      const frames = played(heard);
      expect(frames).toEqual(range(0, frames.length - 1));
      expect(frames.length * packetMs).toBeGreaterThan(5800);
      expect(buffer.stats.lost).toBe(0);
    });
  }
});

describe('ticks', () => {
  test('a worker that slept and makes up its ticks at once loses nothing', () => {
    const buffer = new JitterBuffer({ clockHz: CLOCK_HZ, minMs: 40, maxMs: 200 });
    const order: number[] = [];
    const pull = (atMs: number): void => {
      const pulled = buffer.pull(atMs);
      if (pulled.kind === 'frame') order.push((pulled.payload[0]! << 8) | pulled.payload[1]!);
    };
    const packets = talk(0, 99);
    let next = 0;
    for (let tick = 0; tick < 90; tick++) {
      const atMs = 7 + 20 * (tick >= 50 && tick < 55 ? 55 : tick);
      for (; packets[next]!.arrivalMs <= atMs; next++)
        buffer.push(packets[next]!, packets[next]!.arrivalMs);
      pull(atMs);
    }
    expect(order).toEqual(range(0, 87));
  });

  test('ticks that come early and late by 8 ms lose nothing', () => {
    const random = chance(11);
    const buffer = new JitterBuffer({ clockHz: CLOCK_HZ, minMs: 40, maxMs: 200 });
    const order: number[] = [];
    const packets = talk(0, 999);
    let next = 0;
    for (let tick = 0; tick < 990; tick++) {
      const atMs = 10 + 20 * tick + (random() - 0.5) * 16;
      for (; packets[next]!.arrivalMs <= atMs; next++)
        buffer.push(packets[next]!, packets[next]!.arrivalMs);
      const pulled = buffer.pull(atMs);
      if (pulled.kind === 'frame') order.push((pulled.payload[0]! << 8) | pulled.payload[1]!);
    }
    expect(order.length).toBeGreaterThanOrEqual(985);
    expect(order).toEqual(range(0, order.length - 1));
  });

  test('without being told the time it plays by the arrivals', () => {
    const { heard } = listen({
      packets: without(talk(0, 99), 50),
      untilMs: 1900,
      clockTold: false,
    });
    const frames = played(heard);
    expect(frames).toEqual(range(0, frames.at(-1)!).filter((n) => n !== 50));
    expect(frames.length).toBeGreaterThan(88);
  });
});

test('whatever comes, no packet plays twice or out of order, and nothing throws', () => {
  const packet = fc.record({
    step: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: -3, max: 4 }) },
      { weight: 1, arbitrary: fc.integer({ min: -30_000, max: 30_000 }) },
    ),
    timestampSlip: fc.oneof(
      { weight: 8, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer() },
    ),
    laterMs: fc.integer({ min: 0, max: 60 }),
    size: fc.integer({ min: 0, max: 400 }),
    marker: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 120 }), (steps) => {
      const buffer = new JitterBuffer({ clockHz: CLOCK_HZ, minMs: 20, maxMs: 200 });
      let [sequence, nowMs, restarts] = [60_000, 0, 0];
      let last = -Infinity;
      for (const { step, timestampSlip, laterMs, size, marker } of steps) {
        sequence += step;
        nowMs += laterMs;
        const payload = new Uint8Array(size + 4);
        new DataView(payload.buffer).setInt32(0, sequence);
        buffer.push(
          {
            sequence: sequence & 0xffff,
            timestamp: (sequence * 160 + timestampSlip) >>> 0,
            payload,
            marker,
          },
          nowMs,
        );
        const pulled = buffer.pull(nowMs);
        expect(buffer.depthMs).toBeGreaterThanOrEqual(0);
        if (buffer.stats.restarts !== restarts) last = -Infinity;
        restarts = buffer.stats.restarts;
        if (pulled.kind !== 'frame') continue;
        const played = new DataView(pulled.payload.buffer, pulled.payload.byteOffset).getInt32(0);
        expect(played).toBeGreaterThan(last);
        last = played;
      }
    }),
    { seed: 3550, numRuns: 2000 },
  );
});

/** The same packets, `gap` of 20 ms later by clock and by timestamp; the first has the marker. */
function paused(packets: readonly OnTheWay[], gap: number): OnTheWay[] {
  return packets.map((packet, i) => ({
    ...packet,
    timestamp: (packet.timestamp + gap * 160) >>> 0,
    arrivalMs: packet.arrivalMs + gap * 20,
    marker: i === 0,
  }));
}
