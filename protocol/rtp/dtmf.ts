import { timestampDelta } from './sequence.ts';

/** RFC 4733 section 3.2: event codes 0 to 15 in order. */
export const DTMF_DIGITS = '0123456789*#ABCD';

export interface DtmfDigit {
  readonly digit: string;
  readonly durationMs: number;
}

/** One packet of an event. All packets of a digit carry the RTP timestamp of its first. */
export interface DtmfPacket {
  /** When it is due, from the first. */
  readonly atMs: number;
  /** Set on the first packet only. */
  readonly marker: boolean;
  readonly payload: Uint8Array;
}

interface Press {
  readonly timestamp: number;
  readonly event: number;
  /** Of the segments before this one: an event longer than 65535 ticks begins anew (section 2.5.1.3). */
  readonly ticksBefore: number;
  readonly ticks: number;
  readonly reported: boolean;
}

interface Update {
  readonly timestamp: number;
  readonly event: number;
  readonly ticks: number;
  readonly marker: boolean;
}

/** The longest duration that a packet can state. */
const LONGEST_TICKS = 0xffff;
/** An older timestamp than this is a sender that began anew; with a marker, a second is enough. */
const STALE_SECONDS = 30;

/**
 * Hears telephone events and reports each digit once: at its first end packet, or, where every
 * end packet was lost, when the next digit begins or `expire` finds it over.
 */
export class DtmfReceiver {
  readonly #clockHz: number;
  #press: Press | undefined;
  readonly #waiting: DtmfDigit[] = [];

  /** `clockHz` is that of the telephone-event payload type in the SDP. */
  constructor(clockHz = 8000) {
    this.#clockHz = clockHz;
  }

  /** Takes one packet's RTP timestamp, payload and marker bit; junk is passed over. */
  push(timestamp: number, payload: Uint8Array, marker: boolean): DtmfDigit | undefined {
    if (payload.length < 4 || payload[0]! >= DTMF_DIGITS.length) return this.#waiting.shift();
    const ticks = (payload[2]! << 8) | payload[3]!;
    const press = this.#pressOf({ timestamp, event: payload[0]!, ticks, marker });
    if (press !== undefined) {
      this.#press = press;
      if ((payload[1]! & 0x80) !== 0) this.#report();
    }
    return this.#waiting.shift();
  }

  /**
   * Tells how far the stream has come: the RTP timestamp of an audio packet, or of now. Reports a
   * digit whose end packets were all lost once nothing more of it has come for 100 ms.
   */
  expire(timestamp: number): DtmfDigit | undefined {
    const press = this.#press;
    if (press !== undefined) {
      const quiet = timestampDelta(press.timestamp, timestamp) - press.ticks;
      if (quiet > this.#clockHz / 10) this.#report();
    }
    return this.#waiting.shift();
  }

  /** The press that a packet belongs to as it now stands; `undefined` for a packet of an older one. */
  #pressOf({ timestamp, event, ticks, marker }: Update): Press | undefined {
    const press = this.#press;
    if (press === undefined) return { timestamp, event, ticksBefore: 0, ticks, reported: false };
    const after = timestampDelta(press.timestamp, timestamp);
    if (after === 0 && press.event === event) {
      return { ...press, ticks: Math.max(press.ticks, ticks) };
    }
    if (after <= 0 && after > -(marker ? 1 : STALE_SECONDS) * this.#clockHz) return undefined;
    const isNextSegment =
      press.event === event && after === LONGEST_TICKS && press.ticks === LONGEST_TICKS;
    if (isNextSegment) {
      return { ...press, timestamp, ticksBefore: press.ticksBefore + LONGEST_TICKS, ticks };
    }
    this.#report();
    return { timestamp, event, ticksBefore: 0, ticks, reported: false };
  }

  #report(): void {
    const press = this.#press;
    if (press === undefined || press.reported) return;
    this.#press = { ...press, reported: true };
    const ticks = press.ticksBefore + press.ticks;
    const durationMs = Math.round((ticks * 1000) / this.#clockHz);
    this.#waiting.push({ digit: DTMF_DIGITS[press.event]!, durationMs });
  }
}

export interface DtmfTiming {
  readonly clockHz: number;
  /** At most 65535 ticks. */
  readonly durationMs: number;
  readonly intervalMs?: number;
  /** Level below 0 dBm0: 0 to 63. */
  readonly volume?: number;
}

/**
 * The packets that send one digit: an update every `intervalMs` while it lasts, then the end
 * three times (RFC 4733 sections 2.5.1.2 and 2.5.1.4). Throws RangeError for what is no digit.
 */
export function dtmfPackets(digit: string, timing: DtmfTiming): readonly DtmfPacket[] {
  const event = DTMF_DIGITS.indexOf(digit.toUpperCase());
  if (event < 0 || digit.length !== 1) throw new RangeError('not a DTMF digit');
  const { clockHz, durationMs, intervalMs = 20, volume = 10 } = timing;
  const packet = (atMs: number, heldMs: number, end: boolean): DtmfPacket => {
    const ticks = Math.min(LONGEST_TICKS, Math.round((heldMs * clockHz) / 1000));
    const flags = (end ? 0x80 : 0) | (volume & 0x3f);
    return { atMs, marker: atMs === 0, payload: Uint8Array.of(event, flags, ticks >> 8, ticks) };
  };
  const packets: DtmfPacket[] = [];
  let atMs = 0;
  for (; atMs + intervalMs < durationMs; atMs += intervalMs) {
    packets.push(packet(atMs, atMs + intervalMs, false));
  }
  for (let copy = 0; copy < 3; copy++) {
    packets.push(packet(atMs + copy * intervalMs, durationMs, true));
  }
  return packets;
}
