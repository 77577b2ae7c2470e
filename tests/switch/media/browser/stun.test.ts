import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kindOf } from '../../../../switch/media/browser/demultiplex.ts';
import {
  formatCheck,
  formatError,
  formatSuccess,
  hasIntegrity,
  mappedAddressOf,
  parseStun,
} from '../../../../switch/media/browser/stun.ts';

const hex = (text: string) => Buffer.from(text.replace(/\s+/g, ''), 'hex');

/** RFC 5769 sections 2.1 to 2.3. */
const PASSWORD = 'VOkJxbRl1RmTxUk/WvJxBt';
const REQUEST = hex(`000100582112a442b7e7a701bc34d686fa87dfae
  802200105354554e207465737420636c69656e74 002400046e0001ff 80290008932ff9b151263b36
  000600096576746a3a68367659202020 000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2
  80280004e57a3bcf`);
const RESPONSE_4 = hex(`0101003c2112a442b7e7a701bc34d686fa87dfae
  8022000b7465737420766563746f7220 002000080001a147e112a643
  000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004c07d4c96`);
const RESPONSE_6 = hex(`010100482112a442b7e7a701bc34d686fa87dfae
  8022000b7465737420766563746f7220 002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9
  00080014a382954e4be67bf11784c97c8292c275bfe3ed41 80280004c8fb0b4c`);
const ID = REQUEST.subarray(8, 20);

function read(bytes: Uint8Array) {
  const message = parseStun(bytes);
  if (message === undefined) throw new Error('not read');
  return message;
}

describe('RFC 5769', () => {
  test('the sample request is read, its fingerprint and integrity are right', () => {
    const message = read(REQUEST);
    expect(message).toMatchObject({
      kind: 'request',
      username: 'evtj:h6vY',
      iceRole: 'controlled',
      useCandidate: false,
      fingerprinted: true,
      unknown: [],
    });
    expect(hasIntegrity(REQUEST, message, PASSWORD)).toBe(true);
    expect(hasIntegrity(REQUEST, message, `${PASSWORD}x`)).toBe(false);
  });

  test('the sample IPv4 response tells 192.0.2.1:32853', () => {
    const message = read(RESPONSE_4);
    expect(message.kind).toBe('success');
    expect(hasIntegrity(RESPONSE_4, message, PASSWORD)).toBe(true);
    expect(mappedAddressOf(RESPONSE_4)).toEqual({ address: '192.0.2.1', port: 32_853 });
  });

  test('the sample IPv6 response is right, and ours carries the same address bytes', () => {
    const message = read(RESPONSE_6);
    expect(message.fingerprinted && hasIntegrity(RESPONSE_6, message, PASSWORD)).toBe(true);
    const from = { address: '2001:db8:1234:5678:11:2233:4455:6677', port: 32_853 };
    const ours = formatSuccess(ID, from, PASSWORD);
    expect(ours.includes(hex('002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9'))).toBe(true);
  });
});

test('our success response is read back with the address, signed and fingerprinted', () => {
  const bytes = formatSuccess(ID, { address: '203.0.113.7', port: 4321 }, 'secret');
  const message = read(bytes);
  expect(message).toMatchObject({ kind: 'success', fingerprinted: true });
  expect(hasIntegrity(bytes, message, 'secret')).toBe(true);
  expect(mappedAddressOf(bytes)).toEqual({ address: '203.0.113.7', port: 4321 });
});

test('our error response is signed and lists what was not understood', () => {
  const bytes = formatError(ID, { code: 420, reason: 'Unknown Attribute', unknown: [0x77] }, 'k');
  expect(read(bytes).kind).toBe('error');
  expect(bytes.includes(hex('000a00020077'))).toBe(true);
});

test('a nominating check is read as such', () => {
  const check = { username: 'a:b', nominate: true, priority: 99 };
  const message = read(formatCheck(ID, check, 'k'));
  expect(message).toMatchObject({ username: 'a:b', useCandidate: true, iceRole: 'controlling' });
});

test('what follows the integrity counts for nothing', () => {
  const plain = formatCheck(ID, { username: 'a:b', nominate: false, priority: 1 }, 'k');
  const forged = Buffer.concat([plain.subarray(0, -8), hex('00250000')]);
  forged.writeUInt16BE(forged.length - 20, 2);
  const message = read(forged);
  expect(message.useCandidate).toBe(false);
  expect(message.fingerprinted).toBe(false);
});

test('every flipped bit breaks the integrity or the reading', () => {
  for (let bit = 0; bit < (REQUEST.length - 8) * 8; bit++) {
    const bytes = Buffer.from(REQUEST);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const message = parseStun(bytes);
    expect(message === undefined || !hasIntegrity(bytes, message, PASSWORD)).toBe(true);
  }
});

test('every cut of a request is no STUN', () => {
  for (let n = 0; n < REQUEST.length; n++)
    expect(parseStun(REQUEST.subarray(0, n))).toBeUndefined();
});

test('100000 random and damaged messages are read or dropped', () => {
  const damaged = fc
    .tuple(fc.nat(REQUEST.length - 1), fc.uint8Array({ maxLength: 24 }))
    .map(([at, put]) => {
      const bytes = Buffer.concat([
        REQUEST.subarray(0, at),
        put,
        REQUEST.subarray(at + put.length),
      ]);
      return bytes;
    });
  fc.assert(
    fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 120 })), (bytes) => {
      const message = parseStun(bytes);
      if (message) hasIntegrity(bytes, message, PASSWORD);
      kindOf(bytes);
    }),
    { numRuns: 100_000, seed: 8489 },
  );
});

test.each([
  [[0, 1], 'stun'],
  [[3, 1], 'stun'],
  [[4, 0], 'junk'],
  [[20, 0], 'dtls'],
  [[63, 0], 'dtls'],
  [[64, 0], 'junk'],
  [[128, 0], 'rtp'],
  [[144, 111], 'rtp'],
  [[128, 200], 'rtcp'],
  [[191, 223], 'rtcp'],
  [[128, 224], 'rtp'],
  [[192, 0], 'junk'],
  [[128], 'junk'],
  [[], 'junk'],
])('a datagram beginning with %j is %s', (bytes, kind) => {
  expect(kindOf(Uint8Array.from(bytes))).toBe(kind);
});
