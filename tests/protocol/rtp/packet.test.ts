import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRtp, writeRtp } from '../../../protocol/rtp/packet.ts';
import type { RtpFields } from '../../../protocol/rtp/packet.ts';

const bytes = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

const plain: RtpFields = {
  payloadType: 0,
  marker: true,
  sequence: 0xfffe,
  timestamp: 0xffff_ff60,
  ssrc: 0x8000_0001,
};

test('a packet of a phone is read as RFC 3550 draws it', () => {
  const packet = parseRtp(bytes('80 80 fffe ffffff60 80000001 d5d5'));
  expect(packet).toMatchObject({ ...plain, csrc: [], extension: undefined, headerBytes: 12 });
  expect(packet?.payload).toEqual(bytes('d5d5'));
});

const cases = [
  {
    name: 'with mixed sources',
    wire: '82 00 0001 00000002 00000003 00000004 fffffff0 aa',
    expected: { csrc: [4, 0xffff_fff0], payload: bytes('aa') },
  },
  {
    name: 'with a header extension (RFC 8285)',
    wire: '90 6f 0001 00000002 00000003 bede 0001 10ff0000 aabb',
    expected: { extension: { profile: 0xbede, data: bytes('10ff0000') }, payload: bytes('aabb') },
  },
  {
    name: 'with an empty header extension',
    wire: '90 6f 0001 00000002 00000003 bede 0000',
    expected: { extension: { profile: 0xbede, data: bytes('') }, payload: bytes('') },
  },
  {
    name: 'with padding',
    wire: 'a0 00 0001 00000002 00000003 aabb 000003',
    expected: { payload: bytes('aabb') },
  },
  {
    name: 'all padding',
    wire: 'a0 00 0001 00000002 00000003 00000004',
    expected: { payload: bytes('') },
  },
];
for (const { name, wire, expected } of cases) {
  test(`a packet ${name} is read`, () => {
    expect(parseRtp(bytes(wire))).toMatchObject(expected);
  });
}

const junk = [
  { name: 'nothing', wire: '' },
  { name: 'eleven bytes', wire: '80 00 0001 00000002 000000' },
  { name: 'version 0', wire: '00 00 0001 00000002 00000003' },
  { name: 'version 1', wire: '40 00 0001 00000002 00000003' },
  { name: 'STUN', wire: '0001 0000 2112a442 000000000000000000000000' },
  { name: 'fewer sources than it counts', wire: '8f 00 0001 00000002 00000003 00000004' },
  { name: 'an extension cut in its header', wire: '90 00 0001 00000002 00000003 bede' },
  { name: 'an extension beyond its end', wire: '90 00 0001 00000002 00000003 bede ffff 00' },
  { name: 'more padding than bytes', wire: 'a0 00 0001 00000002 00000003 aa ff' },
  { name: 'padding that reaches into the header', wire: 'a0 00 0001 00000002 00000003 00 03' },
  { name: 'padding of no bytes', wire: 'a0 00 0001 00000002 00000003 aa 00' },
];
for (const { name, wire } of junk) {
  test(`${name} is no RTP`, () => {
    expect(parseRtp(bytes(wire))).toBeUndefined();
  });
}

const uint = (bits: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 2 ** bits - 1 });

test('what is written is read back, whatever the fields', () => {
  const fields = fc.record({
    payloadType: uint(7),
    marker: fc.boolean(),
    sequence: uint(16),
    timestamp: uint(32),
    ssrc: uint(32),
    csrc: fc.array(uint(32), { maxLength: 15 }),
    extension: fc.record({
      profile: uint(16),
      data: fc.uint8Array({ maxLength: 8 }).map((data) => data.subarray(0, data.length & ~3)),
    }),
  });
  const into = new Uint8Array(2000);
  fc.assert(
    fc.property(fields, fc.uint8Array({ maxLength: 1000 }), (written, payload) => {
      const length = writeRtp(written, payload, into);
      expect(parseRtp(into.subarray(0, length))).toMatchObject({ ...written, payload });
    }),
    { seed: 3550, numRuns: 500 },
  );
});

test('a packet too large for its room throws and is not cut', () => {
  expect(() => writeRtp(plain, new Uint8Array(200), new Uint8Array(211))).toThrow(RangeError);
});

test('any bytes are a packet or none, and the payload lies within them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (datagram, isRtp) => {
      if (isRtp && datagram.length > 0) datagram[0] = 0x80 | (datagram[0]! & 0x3f);
      const packet = parseRtp(datagram);
      if (packet === undefined) return;
      expect(packet.headerBytes + packet.payload.length).toBeLessThanOrEqual(datagram.length);
      expect(packet.sequence).toBeLessThan(65536);
      expect(packet.timestamp).toBeGreaterThanOrEqual(0);
    }),
    { seed: 3551, numRuns: 20_000 },
  );
});
