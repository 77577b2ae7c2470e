import { sequenceDelta, timestampDelta } from '../../../protocol/rtp/sequence.ts';

/** Further than this from the newest packet is another stream, if a second packet agrees. */
const JUMP_PACKETS = 100;
const JUMP_MS = 2000;
/** RFC 7587's longest packet: a longer step from one packet to the next is silence. */
const LONGEST_PACKET_MS = 120;
const USUAL_PACKET_MS = 20;

export interface OrderedPacket {
  readonly sequence: number;
  readonly timestamp: number;
}

/**
 * Unwraps a stream's sequence numbers and timestamps, learns how long its packets are, and
 * notices when the sender begins anew (RFC 3550 appendix A.1: two packets in a row must agree).
 */
export class PacketOrder {
  readonly #perMs: number;
  #begun = false;
  #newestArrivalMs = 0;
  /** The 16-bit number that would confirm a jump; -1: none is suspected. */
  #jumpTo = -1;
  #lastStep = 0;
  /** Extended numbers of the newest packet. */
  highest = 0;
  newestTimestamp = 0;
  /** How long the stream's packets are. */
  packetTicks: number;

  constructor(clockHz: number) {
    this.#perMs = clockHz / 1000;
    this.packetTicks = USUAL_PACKET_MS * this.#perMs;
  }

  get begun(): boolean {
    return this.#begun;
  }

  get newestArrivalMs(): number {
    return this.#newestArrivalMs;
  }

  /** The next packet begins a stream, whatever its numbers. */
  reset(): void {
    this.#begun = false;
    this.#jumpTo = -1;
  }

  /** Whether a packet continues the stream, begins one, or is a stray that may not be used. */
  judge(packet: OrderedPacket, arrivalMs: number): 'continues' | 'begins' | 'stray' {
    if (this.#begun && !this.#isJump(packet, arrivalMs)) {
      this.#jumpTo = -1;
      return 'continues';
    }
    const isConfirmed = !this.#begun || packet.sequence === this.#jumpTo;
    this.#jumpTo = (packet.sequence + 1) & 0xffff;
    if (!isConfirmed) return 'stray';
    this.#begin(packet, arrivalMs);
    return 'begins';
  }

  extendSequence(sequence: number): number {
    return this.highest + sequenceDelta(this.highest & 0xffff, sequence);
  }

  extendTimestamp(timestamp: number): number {
    return this.newestTimestamp + this.#timestampStep(timestamp);
  }

  /** Takes extended numbers; older ones than the newest change nothing. */
  advance(sequence: number, timestamp: number, arrivalMs: number): void {
    if (sequence <= this.highest) return;
    const step = timestamp - this.newestTimestamp;
    if (sequence === this.highest + 1 && step > 0 && step <= LONGEST_PACKET_MS * this.#perMs) {
      // Twice the same, or a pause of one packet would pass for a longer packet.
      if (step === this.#lastStep || this.#lastStep === 0) this.packetTicks = step;
      this.#lastStep = step;
    }
    this.highest = sequence;
    this.newestTimestamp = timestamp;
    this.#newestArrivalMs = arrivalMs;
  }

  #begin({ sequence, timestamp }: OrderedPacket, arrivalMs: number): void {
    this.#begun = true;
    this.#lastStep = 0;
    // A turn of each circle ahead, so that what comes out of order stays above zero.
    this.highest = 0x1_0000 + sequence;
    this.newestTimestamp = 0x1_0000_0000 + timestamp;
    this.#newestArrivalMs = arrivalMs;
  }

  #isJump({ sequence, timestamp }: OrderedPacket, arrivalMs: number): boolean {
    const steps = sequenceDelta(this.highest & 0xffff, sequence);
    if (Math.abs(steps) > JUMP_PACKETS) return true;
    const stepMs = this.#timestampStep(timestamp) / this.#perMs;
    return Math.abs(stepMs - (arrivalMs - this.#newestArrivalMs)) > JUMP_MS;
  }

  #timestampStep(timestamp: number): number {
    return timestampDelta(this.newestTimestamp % 0x1_0000_0000, timestamp);
  }
}
