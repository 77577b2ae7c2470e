/*
 * RFC 6347 section 4.1: | type (1) | version (2) | epoch (2) | sequence (6) | length (2) | fragment |
 */

/** One DTLS record of a datagram. `bytes` is all of it, `fragment` what follows the header. */
export interface DtlsRecord {
  readonly type: number;
  readonly version: number;
  readonly epoch: number;
  readonly sequence: number;
  readonly bytes: Buffer;
  readonly fragment: Buffer;
}

export const CONTENT = { changeCipherSpec: 20, alert: 21, handshake: 22 } as const;

const HEADER = 13;

/** The whole records of a datagram; what follows a broken one is dropped. */
export function splitRecords(datagram: Uint8Array): DtlsRecord[] {
  const bytes = Buffer.from(datagram);
  const records: DtlsRecord[] = [];
  for (let at = 0; at + HEADER <= bytes.length;) {
    const end = at + HEADER + bytes.readUInt16BE(at + 11);
    if (end > bytes.length) break;
    records.push({
      type: bytes.readUInt8(at),
      version: bytes.readUInt16BE(at + 1),
      epoch: bytes.readUInt16BE(at + 3),
      sequence: bytes.readUIntBE(at + 5, 6),
      bytes: bytes.subarray(at, end),
      fragment: bytes.subarray(at + HEADER, end),
    });
    at = end;
  }
  return records;
}

/** One record, its fragment sealed already. */
export function formatRecord(
  header: {
    readonly type: number;
    readonly version: number;
    readonly epoch: number;
    readonly sequenceNumber: number;
  },
  fragment: Uint8Array,
): Buffer {
  const bytes = Buffer.alloc(HEADER + fragment.length);
  bytes.writeUInt8(header.type, 0);
  bytes.writeUInt16BE(header.version, 1);
  bytes.writeUInt16BE(header.epoch, 3);
  bytes.writeUIntBE(header.sequenceNumber, 5, 6);
  bytes.writeUInt16BE(fragment.length, 11);
  bytes.set(fragment, HEADER);
  return bytes;
}
