/** What an RTP header says, without lists: all that a sender of plain audio needs. */
export interface RtpFields {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly csrc?: readonly number[];
  /** RFC 3550 section 5.3.1; `data` is padded with zeros to whole 32-bit words. */
  readonly extension?: RtpExtension;
}

export interface RtpExtension {
  readonly profile: number;
  readonly data: Uint8Array;
}

export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly csrc: readonly number[];
  readonly extension: RtpExtension | undefined;
  /** A view of the datagram, without padding. */
  readonly payload: Uint8Array;
  /** Where the payload begins in the datagram: SRTP authenticates but does not cipher what is before. */
  readonly headerBytes: number;
}

/** Bytes of a header with no lists. */
export const RTP_HEADER_BYTES = 12;

const NO_CSRC: readonly number[] = [];

/**
 * Reads one datagram (RFC 3550 section 5.1), `undefined` for what is no RTP.
 *
 *     0                   1                   2                   3
 *     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *    |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *    |                           timestamp                           |
 *    |                             SSRC                              |
 *    |                       CSRC, CC of them                        |
 *    |     extension profile         |    extension length, words    |
 */
export function parseRtp(bytes: Uint8Array): RtpPacket | undefined {
  if (bytes.length < RTP_HEADER_BYTES || bytes[0]! >> 6 !== 2) return undefined;
  const csrcEnd = RTP_HEADER_BYTES + 4 * (bytes[0]! & 0x0f);
  const hasExtension = (bytes[0]! & 0x10) !== 0;
  const headerBytes = hasExtension ? extensionEnd(bytes, csrcEnd) : csrcEnd;
  const padding = (bytes[0]! & 0x20) === 0 ? 0 : bytes[bytes.length - 1]!;
  const payloadEnd = bytes.length - padding;
  const paddingIsWrong = (bytes[0]! & 0x20) !== 0 && padding === 0;
  if (payloadEnd < headerBytes || paddingIsWrong) return undefined;
  return {
    payloadType: bytes[1]! & 0x7f,
    marker: (bytes[1]! & 0x80) !== 0,
    sequence: (bytes[2]! << 8) | bytes[3]!,
    timestamp: readUint32(bytes, 4),
    ssrc: readUint32(bytes, 8),
    csrc: csrcEnd === RTP_HEADER_BYTES ? NO_CSRC : readCsrc(bytes, csrcEnd),
    extension: hasExtension ? readExtension(bytes, csrcEnd, headerBytes) : undefined,
    payload: bytes.subarray(headerBytes, payloadEnd),
    headerBytes,
  };
}

/**
 * Writes one packet into `into` and says how many bytes it took. Allocates nothing.
 * Throws RangeError where `into` is too small.
 */
export function writeRtp(fields: RtpFields, payload: Uint8Array, into: Uint8Array): number {
  const csrc = fields.csrc ?? NO_CSRC;
  const extension = fields.extension;
  into[0] = 0x80 | (extension === undefined ? 0 : 0x10) | (csrc.length & 0x0f);
  into[1] = (fields.marker ? 0x80 : 0) | (fields.payloadType & 0x7f);
  into[2] = (fields.sequence >>> 8) & 0xff;
  into[3] = fields.sequence & 0xff;
  writeUint32(into, 4, fields.timestamp);
  writeUint32(into, 8, fields.ssrc);
  let at = RTP_HEADER_BYTES;
  for (const source of csrc) {
    writeUint32(into, at, source);
    at += 4;
  }
  if (extension !== undefined) at = writeExtension(into, at, extension);
  into.set(payload, at);
  return at + payload.length;
}

function extensionEnd(bytes: Uint8Array, at: number): number {
  if (bytes.length < at + 4) return Infinity;
  return at + 4 + 4 * ((bytes[at + 2]! << 8) | bytes[at + 3]!);
}

function readCsrc(bytes: Uint8Array, end: number): number[] {
  const csrc: number[] = [];
  for (let at = RTP_HEADER_BYTES; at < end; at += 4) csrc.push(readUint32(bytes, at));
  return csrc;
}

function readExtension(bytes: Uint8Array, at: number, end: number): RtpExtension {
  return { profile: (bytes[at]! << 8) | bytes[at + 1]!, data: bytes.subarray(at + 4, end) };
}

function writeExtension(into: Uint8Array, at: number, extension: RtpExtension): number {
  const words = Math.ceil(extension.data.length / 4);
  into[at] = (extension.profile >>> 8) & 0xff;
  into[at + 1] = extension.profile & 0xff;
  into[at + 2] = (words >>> 8) & 0xff;
  into[at + 3] = words & 0xff;
  into.fill(0, at + 4, at + 4 + 4 * words);
  into.set(extension.data, at + 4);
  return at + 4 + 4 * words;
}

function readUint32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
  );
}

function writeUint32(into: Uint8Array, at: number, value: number): void {
  into[at] = value >>> 24;
  into[at + 1] = value >>> 16;
  into[at + 2] = value >>> 8;
  into[at + 3] = value;
}
