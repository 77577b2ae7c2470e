import { dtmfPackets } from '../../protocol/rtp/dtmf.ts';
import type { DtmfPacket } from '../../protocol/rtp/dtmf.ts';
import { RTP_HEADER_BYTES, writeRtp } from '../../protocol/rtp/packet.ts';
import type { SenderReport } from '../../protocol/rtp/rtcp.ts';
import { toNtp } from '../../protocol/rtp/rtcp.ts';
import { sequenceAfter, timestampAfter } from '../../protocol/rtp/sequence.ts';
import type { Agreement } from '../../protocol/sdp/agreement.ts';

const FRAMES_A_SECOND = 50;
const DIGIT_MS = 100;
/** Between two digits, in ticks of 20 ms. */
const GAP_TICKS = 5;

interface Press {
  readonly timestamp: number;
  readonly packets: readonly DtmfPacket[];
  ticks: number;
}

export interface StreamStart {
  readonly ssrc: number;
  readonly sequence: number;
  readonly timestamp: number;
}

/** Our RTP to one peer: encoded frames and digits to packets. */
export class VoiceOut {
  readonly ssrc: number;
  readonly #send: (packet: Uint8Array) => void;
  #agreement: Agreement;
  #sequence: number;
  #timestamp: number;
  #marker = true;
  #packets = 0;
  #octets = 0;
  #digits = '';
  #press: Press | undefined;
  #gapTicks = 0;

  constructor(agreement: Agreement, start: StreamStart, send: (packet: Uint8Array) => void) {
    this.#agreement = agreement;
    this.ssrc = start.ssrc;
    this.#sequence = start.sequence;
    this.#timestamp = start.timestamp;
    this.#send = send;
  }

  get packets(): number {
    return this.#packets;
  }

  /** A re-negotiated codec: sequence and timestamp run on. */
  renegotiate(agreement: Agreement): void {
    this.#agreement = agreement;
    this.#marker = true;
  }

  /** RFC 4733 digits, one after the other in place of voice. What is no key is left out. */
  queueDigits(digits: string): void {
    if (!this.#agreement.telephoneEvent) return;
    this.#digits += digits.toUpperCase().replace(/[^0-9*#A-D]/g, '');
  }

  /** Sends one encoded frame of 20 ms, or the digit's packet that is due in its place. */
  sendFrame(payload: Uint8Array): void {
    if (!this.#sendDigit()) {
      const { payloadType } = this.#agreement.codec;
      this.#emit({ payloadType, marker: this.#marker, timestamp: this.#timestamp }, payload);
      this.#marker = false;
    }
    this.#advance();
  }

  /** 20 ms in which nothing is sent: the clock runs on. */
  skipFrame(): void {
    this.#marker = true;
    this.#advance();
  }

  /** undefined: nothing was sent yet. */
  report(epochMs: number, reports: SenderReport['reports']): SenderReport | undefined {
    if (this.#packets === 0) return undefined;
    return {
      kind: 'sender-report',
      ssrc: this.ssrc,
      ntp: toNtp(epochMs),
      rtpTimestamp: this.#timestamp,
      packets: this.#packets,
      octets: this.#octets,
      reports,
    };
  }

  #advance(): void {
    const ticks = this.#agreement.codec.clockHz / FRAMES_A_SECOND;
    this.#timestamp = timestampAfter(this.#timestamp, ticks);
  }

  /** Whether this tick belongs to a digit. */
  #sendDigit(): boolean {
    const press = (this.#press ??= this.#nextPress());
    const event = this.#agreement.telephoneEvent;
    if (!press || !event) return false;
    const dueMs = (press.ticks * 1000) / FRAMES_A_SECOND;
    const due = press.packets.find((packet) => packet.atMs === dueMs);
    if (due) {
      const { payloadType } = event;
      const { timestamp } = press;
      this.#emit({ payloadType, marker: due.marker, timestamp }, due.payload);
    }
    press.ticks += 1;
    if (due === press.packets.at(-1)) {
      this.#press = undefined;
      this.#gapTicks = GAP_TICKS;
      this.#marker = true;
    }
    return true;
  }

  #nextPress(): Press | undefined {
    if (this.#gapTicks > 0) {
      this.#gapTicks -= 1;
      return undefined;
    }
    const event = this.#agreement.telephoneEvent;
    const digit = this.#digits[0];
    if (!event || digit === undefined) return undefined;
    this.#digits = this.#digits.slice(1);
    const packets = dtmfPackets(digit, { clockHz: event.clockHz, durationMs: DIGIT_MS });
    return { timestamp: this.#timestamp, packets, ticks: 0 };
  }

  #emit(
    header: { readonly payloadType: number; readonly marker: boolean; readonly timestamp: number },
    payload: Uint8Array,
  ): void {
    // A buffer of its own for each packet: the socket may send it later than now.
    const packet = Buffer.allocUnsafe(RTP_HEADER_BYTES + payload.length);
    const { payloadType, marker, timestamp } = header;
    const [sequence, ssrc] = [this.#sequence, this.ssrc];
    writeRtp({ payloadType, marker, timestamp, sequence, ssrc }, payload, packet);
    this.#sequence = sequenceAfter(this.#sequence);
    this.#packets += 1;
    this.#octets += payload.length;
    this.#send(packet);
  }
}
