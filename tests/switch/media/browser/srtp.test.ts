import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CounterStream, derived } from '../../../../switch/media/browser/srtp-keys.ts';
import { SrtpReceiver, SrtpSender } from '../../../../switch/media/browser/srtp.ts';

const hex = (text: string) => Buffer.from(text.replace(/\s+/g, ''), 'hex');

/** RFC 3711 appendix B.3. */
const MASTER = {
  key: hex('E1F97A0D3E018BE0D64FA32C06DE4139'),
  salt: hex('0EC675AD498AFEEBB6960B3AABE6'),
};

describe('RFC 3711 appendix B', () => {
  test('B.2: the AES counter mode key stream', () => {
    const stream = new CounterStream(
      hex('2B7E151628AED2A6ABF7158809CF4F3C'),
      hex('F0F1F2F3F4F5F6F7F8F9FAFBFCFD'),
    );
    const zeros = Buffer.alloc(48);
    stream.apply(zeros, { ssrc: 0, index: 0 });
    expect(zeros.toString('hex').toUpperCase()).toBe(
      'E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0',
    );
  });

  test('B.3: cipher key, salt and authentication key', () => {
    expect(derived(MASTER, 0, 16)).toEqual(hex('C61E7A93744F39EE10734AFE3FF7A087'));
    expect(derived(MASTER, 2, 14)).toEqual(hex('30CBBC08863D8C85D49DB34A9AE1'));
    expect(derived(MASTER, 1, 20)).toEqual(hex('CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4'));
  });
});

/** libsrtp's test/srtp_driver.c, `srtp_validate`: made with the keys of RFC 3711. */
const PLAIN_RTP = hex(`800f1234decafbadcafebabe${'ab'.repeat(16)}`);
const SEALED_RTP = hex(
  '800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb',
);
const PLAIN_RTCP = hex(`81c8000bcafebabe${'ab'.repeat(16)}`);
const SEALED_RTCP = hex(
  '81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798',
);

test("libsrtp's RTP packet comes out the same and opens", () => {
  expect(new SrtpSender(MASTER).protectRtp(PLAIN_RTP)).toEqual(SEALED_RTP);
  expect(new SrtpReceiver(MASTER).unprotectRtp(SEALED_RTP)).toEqual(PLAIN_RTP);
});

test("libsrtp's RTCP packet comes out the same and opens", () => {
  expect(new SrtpSender(MASTER).protectRtcp(PLAIN_RTCP)).toEqual(SEALED_RTCP);
  expect(new SrtpReceiver(MASTER).unprotectRtcp(SEALED_RTCP)).toEqual(PLAIN_RTCP);
});

function rtp(sequence: number, payload = 'voice'): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80, 0);
  header.writeUInt16BE(sequence, 2);
  header.writeUInt32BE(0xcafe, 8);
  return Buffer.concat([header, Buffer.from(payload)]);
}

test('a packet played again is not opened again', () => {
  const sealed = new SrtpSender(MASTER).protectRtp(rtp(7));
  const receiver = new SrtpReceiver(MASTER);
  expect(receiver.unprotectRtp(sealed)).toBeDefined();
  expect(receiver.unprotectRtp(sealed)).toBeUndefined();
  const report = new SrtpSender(MASTER).protectRtcp(PLAIN_RTCP);
  expect(receiver.unprotectRtcp(report)).toBeDefined();
  expect(receiver.unprotectRtcp(report)).toBeUndefined();
});

test('packets in disorder all open, each once; what is older than 128 packets does not', () => {
  const sender = new SrtpSender(MASTER);
  const sealed = Array.from({ length: 300 }, (_, n) => sender.protectRtp(rtp(n)));
  const receiver = new SrtpReceiver(MASTER);
  const opens = (n: number) => receiver.unprotectRtp(sealed[n] ?? Buffer.alloc(0)) !== undefined;
  expect([5, 3, 4, 3, 9, 8].map(opens)).toEqual([true, true, true, false, true, true]);
  expect([200, 73, 72].map(opens)).toEqual([true, true, false]);
});

test('the sequence number wraps twice and every packet still opens', () => {
  const sender = new SrtpSender(MASTER);
  const receiver = new SrtpReceiver(MASTER);
  for (let n = 60_000; n < 60_000 + 140_000; n += 1) {
    const sealed = sender.protectRtp(rtp(n & 0xffff));
    if (n % 16 === 0) expect(receiver.unprotectRtp(sealed)?.subarray(12).toString()).toBe('voice');
  }
});

test('a wrap in disorder opens on both sides', () => {
  const sender = new SrtpSender(MASTER);
  const sealed = new Map([65_534, 65_535, 0, 1].map((n) => [n, sender.protectRtp(rtp(n))]));
  const receiver = new SrtpReceiver(MASTER);
  for (const n of [65_534, 0, 65_535, 1]) {
    expect(receiver.unprotectRtp(sealed.get(n) ?? Buffer.alloc(0))).toEqual(rtp(n));
  }
});

test('every flipped bit is refused, and 200 bad packets do not stop the good one', () => {
  const sealed = new SrtpSender(MASTER).protectRtp(rtp(1));
  const receiver = new SrtpReceiver(MASTER);
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const bytes = Buffer.from(sealed);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(receiver.unprotectRtp(bytes)).toBeUndefined();
  }
  expect(receiver.unprotectRtp(sealed)).toEqual(rtp(1));
});

test('a header extension stays in the clear', () => {
  const packet = Buffer.concat([
    hex('906f0001000000010000cafe'),
    hex('bede0001'),
    hex('10aa0000'),
    Buffer.from('voice'),
  ]);
  const sealed = new SrtpSender(MASTER).protectRtp(packet);
  expect(sealed.subarray(0, 20)).toEqual(packet.subarray(0, 20));
  expect(new SrtpReceiver(MASTER).unprotectRtp(sealed)).toEqual(packet);
});

test('50000 random datagrams open nothing', () => {
  const receiver = new SrtpReceiver(MASTER);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(receiver.unprotectRtp(bytes)).toBeUndefined();
      expect(receiver.unprotectRtcp(bytes)).toBeUndefined();
    }),
    { numRuns: 50_000, seed: 3711 },
  );
});
