import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatRtcp,
  isRtcp,
  ntpMiddle,
  parseRtcp,
  roundTripMs,
  toNtp,
} from '../../../protocol/rtp/rtcp.ts';
import type { ReportBlock, RtcpPacket } from '../../../protocol/rtp/rtcp.ts';

const bytes = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

const block: ReportBlock = {
  ssrc: 0xdead_beef,
  fractionLost: 12,
  lost: -3,
  highestSequence: 0x0001_fffe,
  jitter: 77,
  lastSenderReport: 0xb705_2000,
  delaySinceLast: 0x0005_4000,
};

const compound: readonly RtcpPacket[] = [
  {
    kind: 'sender-report',
    ssrc: 1,
    ntp: { seconds: 0xffff_ffff, fraction: 0x8000_0000 },
    rtpTimestamp: 0xffff_fff0,
    packets: 50,
    octets: 8000,
    reports: [block, { ...block, ssrc: 2, lost: 0x7f_ffff }],
  },
  { kind: 'receiver-report', ssrc: 3, reports: [] },
  {
    kind: 'source-description',
    sources: [
      { ssrc: 1, cname: 'a1@zoë' },
      { ssrc: 2, cname: 'ab' },
    ],
  },
  { kind: 'bye', sources: [1, 2], reason: 'room closed' },
  { kind: 'bye', sources: [], reason: '' },
  { kind: 'other', type: 206, body: bytes('00000001 00000002') },
];

test('a compound packet is read as it was written', () => {
  expect(parseRtcp(formatRtcp(compound))).toEqual(compound);
});

test('a receiver report is written as RFC 3550 draws it', () => {
  const wire = formatRtcp([{ kind: 'receiver-report', ssrc: 3, reports: [block] }]);
  expect(wire).toEqual(
    bytes('81 c9 0007 00000003 deadbeef 0c fffffd 0001fffe 0000004d b7052000 00054000'),
  );
});

test('a source description ends in a null item and on a whole word', () => {
  const wire = formatRtcp([{ kind: 'source-description', sources: [{ ssrc: 1, cname: 'ab' }] }]);
  expect(wire).toEqual(bytes('81 ca 0003 00000001 01 02 6162 00 000000'));
});

test('items other than the name are passed over', () => {
  const wire = bytes('81 ca 0004 00000001 02 01 78 01 02 6162 00 00 000000');
  expect(parseRtcp(wire.subarray(0, 20))).toEqual([
    { kind: 'source-description', sources: [{ ssrc: 1, cname: 'ab' }] },
  ]);
});

test('losses beyond 24 bits are reported as the most that fits', () => {
  const reports = [
    { ...block, lost: 2 ** 30 },
    { ...block, lost: -(2 ** 30) },
  ];
  const parsed = parseRtcp(formatRtcp([{ kind: 'receiver-report', ssrc: 1, reports }]));
  expect(parsed).toMatchObject([{ reports: [{ lost: 0x7f_ffff }, { lost: -0x80_0000 }] }]);
});

const junk = [
  { name: 'nothing', wire: '' },
  { name: 'a packet cut short', wire: '80 c9 0002 00000003' },
  { name: 'a report with fewer blocks than it counts', wire: '82 c9 0001 00000003' },
  { name: 'a sender report without its sender information', wire: '80 c8 0001 00000003' },
  { name: 'junk behind a good packet', wire: '80 c9 0001 00000003 ffff' },
  { name: 'another version behind a good packet', wire: '80 c9 0001 00000003 40 c9 0000' },
  { name: 'an item longer than the packet', wire: '81 ca 0002 00000001 01 ff 6162' },
  { name: 'a goodbye reason beyond its end', wire: '81 cb 0002 00000001 ff 616263' },
  { name: 'more padding than bytes', wire: 'a0 c9 0001 000000ff' },
  { name: 'RTP', wire: '80 00 0001 00000002 00000003' },
];
for (const { name, wire } of junk) {
  test(`${name} is no RTCP`, () => {
    expect(parseRtcp(bytes(wire))).toBeUndefined();
  });
}

test('RTP and RTCP on one port are told apart, marker or not (RFC 5761)', () => {
  for (let second = 0; second < 256; second++) {
    const datagram = Uint8Array.of(0x80, second, 0, 1, 0, 0, 0, 1);
    expect(isRtcp(datagram)).toBe(second >= 192 && second <= 223);
  }
});

test('the round trip comes out of the times in a report block (RFC 3550 figure 2)', () => {
  const now = { seconds: 0xb710, fraction: 0x8000_0000 };
  expect(ntpMiddle(now)).toBe(0xb710_8000);
  expect(roundTripMs(block, now)).toBeCloseTo(6125, 3);
  expect(roundTripMs({ ...block, lastSenderReport: 0 }, now)).toBeUndefined();
});

test('Unix time is written as NTP counts, from 1900', () => {
  expect(toNtp(0)).toEqual({ seconds: 2_208_988_800, fraction: 0 });
  expect(toNtp(1500)).toEqual({ seconds: 2_208_988_801, fraction: 0x8000_0000 });
});

test('any bytes are reports or none', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 8, maxLength: 200 }),
      fc.constantFrom(200, 201, 202, 203, 205),
      (datagram, type) => {
        datagram.set([0x80 | (datagram[0]! & 0x3f), type, 0, datagram[3]! & 0x1f]);
        parseRtcp(datagram);
      },
    ),
    { seed: 5761, numRuns: 20_000 },
  );
});

test('every cut of a good packet is read to its end or refused', () => {
  const wire = formatRtcp(compound);
  for (let end = 0; end < wire.length; end++) {
    const parsed = parseRtcp(wire.subarray(0, end));
    if (parsed !== undefined) expect(compound.slice(0, parsed.length)).toEqual(parsed);
  }
});
