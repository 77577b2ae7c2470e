/** FreeSWITCH's names. */
export type CodecName = 'PCMU' | 'PCMA' | 'G722' | 'opus';

/** The longest packet that is decoded whole; what exceeds it is cut. */
export const LONGEST_PACKET_MS = 120;

/**
 * What the way to the listener does to packets. A `lossy` one asks for redundancy, where the codec
 * has it, and pays for it in quality and work.
 */
export type Way = 'clean' | 'lossy';

/** One direction of one call; owns its state and buffers. */
export interface Decoder {
  readonly sampleRateHz: number;
  /** Writes one packet's samples and says how many; `out` holds 120 ms. */
  decode(payload: Uint8Array, out: Int16Array): number;
  /** Makes up one lost 20 ms frame; says how many samples. */
  conceal(out: Int16Array): number;
  /** As `conceal`, from the in-band FEC of the packet after the lost one where the codec has it. */
  recover(next: Uint8Array, out: Int16Array): number;
  /** Whether the packet itself says that nobody speaks in it; false where only decoding tells. */
  isWithoutVoice(payload: Uint8Array): boolean;
  close(): void;
}

export interface Encoder {
  readonly sampleRateHz: number;
  /** Takes one 20 ms frame; the bytes are valid until this encoder's next call. */
  encode(pcm: Int16Array): Uint8Array;
  close(): void;
}

/** RFC 3551 and 7587: G.722 counts at 8000 by an old mistake that stays; Opus always at 48000. */
export const RTP_CLOCK_HZ = {
  PCMU: 8000,
  PCMA: 8000,
  G722: 8000,
  opus: 48000,
} as const satisfies Record<CodecName, number>;

/** The rate of the codec's samples. */
export const SAMPLE_RATE_HZ = {
  PCMU: 8000,
  PCMA: 8000,
  G722: 16000,
  opus: 48000,
} as const satisfies Record<CodecName, number>;
