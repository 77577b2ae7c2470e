/** How far `to` lies after `from` on the 16-bit circle of RTP sequence numbers: -32768 to 32767. */
export function sequenceDelta(from: number, to: number): number {
  return ((to - from) << 16) >> 16;
}

/** The sequence number `step` after `sequence`. */
export function sequenceAfter(sequence: number, step = 1): number {
  return (sequence + step) & 0xffff;
}

/** How far `to` lies after `from` on the 32-bit circle of RTP timestamps: -2^31 to 2^31 - 1. */
export function timestampDelta(from: number, to: number): number {
  return (to - from) | 0;
}

/** The timestamp `ticks` after `timestamp`. */
export function timestampAfter(timestamp: number, ticks: number): number {
  return (timestamp + ticks) >>> 0;
}

/**
 * The number nearest to `reference` whose low 16 bits are `sequence`: RFC 3550 section 6.4.1's
 * extended highest sequence number, which does not wrap.
 */
export function extendSequence(reference: number, sequence: number): number {
  return reference + sequenceDelta(reference & 0xffff, sequence);
}

/** The number nearest to `reference` whose low 32 bits are `timestamp`. */
export function extendTimestamp(reference: number, timestamp: number): number {
  return reference + timestampDelta(reference % 0x1_0000_0000, timestamp);
}
