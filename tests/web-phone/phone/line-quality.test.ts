import { describe, expect, test } from 'vitest';
import { countOf, lineBetween } from '../../../web-phone/phone/line-quality.ts';
import type { LineCount } from '../../../web-phone/phone/line-quality.ts';

/** As Chromium reports a call, cut to what is read. */
const REPORT = [
  { id: 'T', type: 'transport', selectedCandidatePairId: 'P2' },
  {
    id: 'P1',
    type: 'candidate-pair',
    nominated: true,
    state: 'succeeded',
    currentRoundTripTime: 9,
  },
  {
    id: 'P2',
    type: 'candidate-pair',
    nominated: true,
    state: 'succeeded',
    localCandidateId: 'L',
    currentRoundTripTime: 0.032,
  },
  { id: 'L', type: 'local-candidate', candidateType: 'host', protocol: 'udp' },
  { id: 'C', type: 'codec', mimeType: 'audio/opus' },
  {
    id: 'I',
    type: 'inbound-rtp',
    kind: 'audio',
    timestamp: 10_000,
    codecId: 'C',
    packetsReceived: 500,
    packetsLost: 5,
    bytesReceived: 40_000,
    jitter: 0.004,
  },
  { id: 'O', type: 'outbound-rtp', kind: 'audio', bytesSent: 42_000, packetsSent: 510 },
  { id: 'R', type: 'remote-inbound-rtp', kind: 'audio', packetsLost: 2, roundTripTime: 0.05 },
];

const count: LineCount = {
  atMs: 10_000,
  codec: 'opus',
  received: 500,
  lost: 5,
  bytesIn: 40_000,
  bytesOut: 42_000,
  sent: 510,
  jitterMs: 4,
  roundTripMs: 32,
  lostThere: 2,
  way: 'direct',
  transport: 'UDP',
};

describe('what the browser counts', () => {
  test('is picked from its report, by the pair of addresses that is in use', () => {
    expect(countOf(REPORT)).toEqual(count);
  });

  test('is nothing before anything arrived', () => {
    expect(countOf(REPORT.filter(({ type }) => type !== 'inbound-rtp'))).toBeUndefined();
  });

  test('goes by a relay where the address is a relay’s, as the relay is reached', () => {
    const relayed = REPORT.map((entry) =>
      entry.id === 'L' ? { ...entry, candidateType: 'relay', relayProtocol: 'tls' } : entry,
    );
    expect(countOf(relayed)).toMatchObject({ way: 'relay', transport: 'TLS' });
  });
});

describe('the line between two looks', () => {
  const later = (part: Partial<LineCount>): LineCount => ({ ...count, atMs: 12_000, ...part });

  test('has the loss and the rates of that time alone', () => {
    const after = later({ received: 590, lost: 15, bytesIn: 50_000, bytesOut: 52_500, sent: 610 });
    expect(lineBetween(count, { ...after, lostThere: 7 })).toMatchObject({
      codec: 'opus',
      lossPercent: 10,
      lossTherePercent: 5,
      kbitIn: 40,
      kbitOut: 42,
    });
  });

  test('is scored by the E-model: losses and delay cost', () => {
    const scores = [
      later({ received: 600 }),
      later({ received: 590, lost: 15 }),
      later({ received: 590, lost: 15, roundTripMs: 600 }),
    ].map((after) => lineBetween(count, after)?.mos ?? 0);
    expect(scores[0]).toBeGreaterThan(4.3);
    expect(scores[1]).toBeLessThan(3.5);
    expect(scores[2]).toBeLessThan(scores[1] ?? 0);
  });

  test('a packet that came twice is no gain, and silence no loss', () => {
    expect(lineBetween(count, later({ received: 600, lost: 3 }))?.lossPercent).toBe(0);
    expect(lineBetween(count, later({}))?.lossPercent).toBe(0);
  });

  test('is none where the second count is another call’s', () => {
    expect(lineBetween(count, later({ received: 20 }))).toBeUndefined();
    expect(lineBetween(count, count)).toBeUndefined();
  });
});
