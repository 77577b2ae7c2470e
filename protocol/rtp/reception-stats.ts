import type { ReportBlock } from './rtcp.ts';
import { extendSequence, sequenceDelta, timestampDelta } from './sequence.ts';

/** RFC 3550 appendix A.1: a jump beyond these is a sender that began anew. */
const MAX_DROPOUT = 3000;
const MAX_MISORDER = 100;

/**
 * How one source is received: RFC 3550 appendices A.1 (validity), A.3 (loss), A.8 (jitter).
 * Arrival times are any steady clock's.
 */
export class ReceptionStats {
  readonly #ticksPerMs: number;
  #baseSequence = 0;
  #highestSequence = -1;
  #received = 0;
  /** What was expected and received before the sender began anew. */
  #expectedBefore = 0;
  #badSequence = -1;
  #jitterTicks = 0;
  #timestamp = 0;
  #arrivalMs = 0;
  #expectedAtReport = 0;
  #receivedAtReport = 0;
  #senderReport = 0;
  #senderReportAtMs = 0;

  constructor(clockHz: number) {
    this.#ticksPerMs = clockHz / 1000;
  }

  /** Counts one packet. */
  receive(packet: { sequence: number; timestamp: number }, arrivalMs: number): void {
    if (this.#highestSequence < 0) {
      this.#begin(packet.sequence);
    } else {
      if (!this.#follow(packet.sequence)) return;
      this.#measureJitter(packet.timestamp, arrivalMs);
    }
    this.#received++;
    this.#timestamp = packet.timestamp;
    this.#arrivalMs = arrivalMs;
  }

  /** Remembers a sender report of this source (`ntpMiddle` of its time) for the next block. */
  noteSenderReport(middle: number, arrivalMs: number): void {
    this.#senderReport = middle;
    this.#senderReportAtMs = arrivalMs;
  }

  get received(): number {
    return this.#received;
  }

  /** Packets that never came. Negative where duplicates outweigh losses. */
  get lost(): number {
    return this.#expected - this.#received;
  }

  get jitterMs(): number {
    return this.#jitterTicks / this.#ticksPerMs;
  }

  /** The report block about `ssrc`; its fraction covers the time since the block before. */
  report(ssrc: number, nowMs: number): ReportBlock {
    const expected = this.#expected - this.#expectedAtReport;
    const lost = expected - (this.#received - this.#receivedAtReport);
    this.#expectedAtReport = this.#expected;
    this.#receivedAtReport = this.#received;
    const sinceMs = nowMs - this.#senderReportAtMs;
    return {
      ssrc,
      fractionLost:
        expected <= 0 || lost <= 0 ? 0 : Math.min(255, Math.floor((lost * 256) / expected)),
      lost: this.lost,
      highestSequence: Math.max(0, this.#highestSequence) >>> 0,
      jitter: Math.floor(this.#jitterTicks),
      lastSenderReport: this.#senderReport,
      delaySinceLast: this.#senderReport === 0 ? 0 : Math.round((sinceMs * 65536) / 1000),
    };
  }

  get #expected(): number {
    if (this.#highestSequence < 0) return 0;
    return this.#expectedBefore + this.#highestSequence - this.#baseSequence + 1;
  }

  #begin(sequence: number): void {
    this.#baseSequence = sequence;
    this.#highestSequence = sequence;
    this.#badSequence = -1;
  }

  /** Takes in the next sequence number; false for a lone packet from nowhere. */
  #follow(sequence: number): boolean {
    const delta = sequenceDelta(this.#highestSequence & 0xffff, sequence);
    const isJump = delta > MAX_DROPOUT || delta < -MAX_MISORDER;
    if (!isJump) {
      this.#badSequence = -1;
      if (delta > 0) this.#highestSequence = extendSequence(this.#highestSequence, sequence);
      return true;
    }
    if (sequence !== this.#badSequence) {
      this.#badSequence = (sequence + 1) & 0xffff;
      return false;
    }
    this.#expectedBefore = this.#expected;
    this.#begin(sequence);
    return true;
  }

  #measureJitter(timestamp: number, arrivalMs: number): void {
    const arrivedTicks = (arrivalMs - this.#arrivalMs) * this.#ticksPerMs;
    const transit = arrivedTicks - timestampDelta(this.#timestamp, timestamp);
    this.#jitterTicks += (Math.abs(transit) - this.#jitterTicks) / 16;
  }
}
