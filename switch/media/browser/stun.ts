import { createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from './crc32.ts';

/*
 * RFC 8489 section 5:
 *   0                   1                   2                   3
 *  |0 0| class+method (14) |      length (16)      | magic cookie 2112A442 |
 *  | transaction id (96)                                                   |
 * then attributes: type (16), length (16), value, padded to 4 bytes.
 */

export type StunClass = 'request' | 'indication' | 'success' | 'error';

/** A Binding message; other methods are not ours to hear. */
export interface StunMessage {
  readonly kind: StunClass;
  /** 12 bytes. */
  readonly transactionId: Uint8Array;
  readonly username?: string;
  readonly useCandidate: boolean;
  /** The sender's ICE role, where it said so (RFC 8445 section 7.1.3). */
  readonly iceRole?: 'controlling' | 'controlled';
  /** Comprehension-required attributes that we do not know (RFC 8489 section 6.3.1). */
  readonly unknown: readonly number[];
  /** Where MESSAGE-INTEGRITY begins; undefined: there is none. */
  readonly integrityAt: number | undefined;
  /** FINGERPRINT is there, last, and right. */
  readonly fingerprinted: boolean;
}

export interface StunAddress {
  readonly address: string;
  readonly port: number;
}

const COOKIE = 0x2112_a442;
const HEADER = 20;
const FINGERPRINT_XOR = 0x5354_554e;
const CLASSES: readonly StunClass[] = ['request', 'indication', 'success', 'error'];

const ATTRIBUTE = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  unknownAttributes: 0x000a,
  xorMappedAddress: 0x0020,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  iceControlled: 0x8029,
  iceControlling: 0x802a,
} as const;

const KNOWN = new Set<number>(Object.values(ATTRIBUTE));

/** Bytes to a Binding message, or undefined: not STUN, not Binding, or damaged. Checks no key. */
export function parseStun(bytes: Uint8Array): StunMessage | undefined {
  const data = view(bytes);
  if (bytes.length < HEADER || data.getUint32(4) !== COOKIE) return undefined;
  const type = data.getUint16(0);
  const length = data.getUint16(2);
  if ((type & 0xc000) !== 0 || length % 4 !== 0 || bytes.length !== HEADER + length) {
    return undefined;
  }
  const method = (type & 0x000f) | ((type & 0x00e0) >> 1) | ((type & 0x3e00) >> 2);
  const kind = CLASSES[((type & 0x0010) >> 4) | ((type & 0x0100) >> 7)];
  if (method !== 1 || kind === undefined) return undefined;
  return readAttributes(bytes, kind);
}

interface Reading {
  username?: string;
  useCandidate: boolean;
  iceRole?: 'controlling' | 'controlled';
  readonly unknown: number[];
  integrityAt: number | undefined;
  fingerprinted: boolean;
}

function readAttributes(bytes: Uint8Array, kind: StunClass): StunMessage | undefined {
  const data = view(bytes);
  const reading: Reading = {
    useCandidate: false,
    unknown: [],
    integrityAt: undefined,
    fingerprinted: false,
  };
  for (let at = HEADER; at < bytes.length;) {
    const type = data.getUint16(at);
    const length = data.getUint16(at + 2);
    const end = at + 4 + length;
    if (end > bytes.length) return undefined;
    readAttribute(reading, bytes, { type, at, length });
    at = end + ((4 - (length % 4)) % 4);
  }
  return { kind, transactionId: bytes.slice(8, HEADER), ...reading };
}

interface Place {
  readonly type: number;
  readonly at: number;
  readonly length: number;
}

function readAttribute(reading: Reading, bytes: Uint8Array, { type, at, length }: Place): void {
  if (type === ATTRIBUTE.fingerprint) {
    const last = at + 8 === bytes.length && length === 4;
    reading.fingerprinted = last && view(bytes).getUint32(at + 4) === fingerprint(bytes, at);
    return;
  }
  // What follows the integrity is not covered by it, so it counts for nothing (RFC 8489 section 14.5).
  if (reading.integrityAt !== undefined) return;
  switch (type) {
    case ATTRIBUTE.username:
      reading.username = Buffer.from(bytes.subarray(at + 4, at + 4 + length)).toString('utf8');
      return;
    case ATTRIBUTE.useCandidate:
      reading.useCandidate = true;
      return;
    case ATTRIBUTE.iceControlling:
    case ATTRIBUTE.iceControlled:
      reading.iceRole = type === ATTRIBUTE.iceControlled ? 'controlled' : 'controlling';
      return;
    case ATTRIBUTE.messageIntegrity:
      reading.integrityAt = length === 20 ? at : undefined;
      return;
    default:
      reading.unknown.push(...unknownOf(type));
  }
}

function unknownOf(type: number): number[] {
  return type < 0x8000 && !KNOWN.has(type) ? [type] : [];
}

/** Whether MESSAGE-INTEGRITY is there and made with this key (RFC 8489 section 14.5, short-term). */
export function hasIntegrity(bytes: Uint8Array, message: StunMessage, password: string): boolean {
  const at = message.integrityAt;
  if (at === undefined) return false;
  return timingSafeEqual(bytes.subarray(at + 4, at + 24), integrity(bytes, at, password));
}

/** What the success response tells the peer of itself; undefined: not a response of that kind. */
export function mappedAddressOf(bytes: Uint8Array): StunAddress | undefined {
  const data = view(bytes);
  for (let at = HEADER; at + 12 <= bytes.length;) {
    const length = data.getUint16(at + 2);
    if (data.getUint16(at) === ATTRIBUTE.xorMappedAddress && bytes[at + 5] === 1) {
      const port = data.getUint16(at + 6) ^ (COOKIE >>> 16);
      const address = (data.getUint32(at + 8) ^ COOKIE) >>> 0;
      return { address: ipv4Text(address), port };
    }
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return undefined;
}

/** A signed answer to a request: where it came from (RFC 8489 section 14.2). */
export function formatSuccess(
  transactionId: Uint8Array,
  from: StunAddress,
  password: string,
): Buffer {
  return signed(
    0x0101,
    transactionId,
    [[ATTRIBUTE.xorMappedAddress, mapped(from, transactionId)]],
    password,
  );
}

/** A signed refusal. `unknown` are listed for 420 (RFC 8489 section 14.13). */
export function formatError(
  transactionId: Uint8Array,
  error: { readonly code: number; readonly reason: string; readonly unknown?: readonly number[] },
  password: string,
): Buffer {
  const code = Buffer.from([0, 0, Math.floor(error.code / 100), error.code % 100]);
  const attributes: Attribute[] = [
    [ATTRIBUTE.errorCode, Buffer.concat([code, Buffer.from(error.reason, 'utf8')])],
  ];
  const unknown = error.unknown ?? [];
  if (unknown.length > 0) {
    attributes.push([
      ATTRIBUTE.unknownAttributes,
      Buffer.from(unknown.flatMap((type) => [type >> 8, type & 0xff])),
    ]);
  }
  return signed(0x0111, transactionId, attributes, password);
}

/** A connectivity check as a browser sends it (RFC 8445 section 7.2.4). */
export function formatCheck(
  transactionId: Uint8Array,
  check: { readonly username: string; readonly nominate: boolean; readonly priority: number },
  password: string,
): Buffer {
  const priority = Buffer.alloc(4);
  priority.writeUInt32BE(check.priority);
  const attributes: Attribute[] = [
    [ATTRIBUTE.username, Buffer.from(check.username, 'utf8')],
    [ATTRIBUTE.iceControlling, Buffer.alloc(8, 1)],
    [ATTRIBUTE.priority, priority],
  ];
  if (check.nominate) attributes.push([ATTRIBUTE.useCandidate, Buffer.alloc(0)]);
  return signed(0x0001, transactionId, attributes, password);
}

type Attribute = readonly [type: number, value: Buffer];

function signed(
  type: number,
  transactionId: Uint8Array,
  attributes: readonly Attribute[],
  password: string,
): Buffer {
  const size = attributes.reduce((sum, [, value]) => sum + 4 + padded(value.length), HEADER);
  const bytes = Buffer.alloc(size + 24 + 8);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(bytes.length - HEADER, 2);
  bytes.writeUInt32BE(COOKIE, 4);
  bytes.set(transactionId, 8);
  let at = HEADER;
  for (const [name, value] of attributes) {
    bytes.writeUInt16BE(name, at);
    bytes.writeUInt16BE(value.length, at + 2);
    bytes.set(value, at + 4);
    at += 4 + padded(value.length);
  }
  bytes.writeUInt16BE(ATTRIBUTE.messageIntegrity, at);
  bytes.writeUInt16BE(20, at + 2);
  bytes.set(integrity(bytes, at, password), at + 4);
  bytes.writeUInt16BE(ATTRIBUTE.fingerprint, at + 24);
  bytes.writeUInt16BE(4, at + 26);
  bytes.writeUInt32BE(fingerprint(bytes, at + 24), at + 28);
  return bytes;
}

/** HMAC over all before the attribute, with the length as if the message ended after it. */
function integrity(bytes: Uint8Array, at: number, password: string): Buffer {
  const covered = Buffer.from(bytes.subarray(0, at));
  covered.writeUInt16BE(at + 24 - HEADER, 2);
  return createHmac('sha1', password).update(covered).digest();
}

function fingerprint(bytes: Uint8Array, at: number): number {
  return (crc32(bytes.subarray(0, at)) ^ FINGERPRINT_XOR) >>> 0;
}

function mapped(from: StunAddress, transactionId: Uint8Array): Buffer {
  const address = addressBytes(from.address);
  const value = Buffer.alloc(4 + address.length);
  value.writeUInt8(address.length === 4 ? 1 : 2, 1);
  value.writeUInt16BE(from.port ^ (COOKIE >>> 16), 2);
  const mask = Buffer.alloc(16);
  mask.writeUInt32BE(COOKIE, 0);
  mask.set(transactionId, 4);
  address.forEach((byte, i) => value.writeUInt8(byte ^ (mask[i] ?? 0), 4 + i));
  return value;
}

function addressBytes(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.replace(/%.*/, '').split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((g) => parseInt(g, 16)));
  const front = groups(head);
  const back = groups(tail ?? '');
  const zeros = new Array<number>(8 - front.length - back.length).fill(0);
  return Buffer.from([...front, ...zeros, ...back].flatMap((group) => [group >> 8, group & 0xff]));
}

function ipv4Text(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
