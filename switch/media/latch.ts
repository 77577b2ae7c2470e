import { isPrivate, isSameAddress } from './address.ts';
import type { SocketAddress } from './address.ts';

/** What of an RTP packet tells one stream from another. */
export interface LatchPacket {
  readonly from: SocketAddress;
  readonly ssrc: number;
  readonly sequence: number;
}

/** Packets from one source after which nobody else is listened to. */
const LOCKS_AFTER = 5;
/** How long the address in the SDP is given to speak before another may take its place. */
const WAITS_FOR_SIGNALLED_MS = 300;

interface Suitor {
  readonly from: SocketAddress;
  readonly ssrc: number;
  readonly sequence: number;
  readonly packets: number;
  readonly sinceMs: number;
}

/**
 * Symmetric RTP (RFC 4961) without RTP bleed: who the peer is. Its SDP says; a router before it
 * may have changed port or, for a private address, all. Another source is taken only early, only
 * if the signalled one is silent, and only when it sends one steady stream. Then the latch locks.
 */
export class Latch {
  #signalled: SocketAddress | undefined;
  #target: SocketAddress | undefined;
  #heard = 0;
  #suitor: Suitor | undefined;

  constructor(signalled: SocketAddress | undefined) {
    this.#signalled = signalled;
    this.#target = signalled;
  }

  /** Where our RTP goes; undefined: nobody is known yet. */
  get target(): SocketAddress | undefined {
    return this.#target;
  }

  get locked(): boolean {
    return this.#heard >= LOCKS_AFTER;
  }

  /** A new SDP: the same address changes nothing, another begins anew. */
  signal(signalled: SocketAddress | undefined): void {
    const before = this.#signalled;
    if (before === signalled || (before && signalled && isSameAddress(before, signalled))) return;
    this.#signalled = signalled;
    this.#target = signalled;
    this.#heard = 0;
    this.#suitor = undefined;
  }

  /** Whether this packet is the peer's. */
  admits(packet: LatchPacket, nowMs: number): boolean {
    if (this.#target && isSameAddress(packet.from, this.#target)) {
      if (!this.locked) this.#heard += 1;
      return true;
    }
    if (this.locked || !this.#isPlausible(packet.from)) return false;
    // The signalled address spoke, so nobody else can be it.
    if (this.#heard > 0) return false;
    return this.#court(packet, nowMs);
  }

  #isPlausible(from: SocketAddress): boolean {
    const signalled = this.#signalled;
    return (
      signalled === undefined || from.address === signalled.address || isPrivate(signalled.address)
    );
  }

  #court({ from, ssrc, sequence }: LatchPacket, nowMs: number): boolean {
    const suitor = this.#suitor;
    const steady =
      suitor !== undefined &&
      isSameAddress(suitor.from, from) &&
      suitor.ssrc === ssrc &&
      ((sequence - suitor.sequence) & 0xffff) - 1 < LOCKS_AFTER;
    if (!steady) {
      if (suitor === undefined || nowMs - suitor.sinceMs > WAITS_FOR_SIGNALLED_MS) {
        this.#suitor = { from, ssrc, sequence, packets: 1, sinceMs: nowMs };
      }
      return false;
    }
    this.#suitor = { ...suitor, sequence, packets: suitor.packets + 1 };
    const wait = this.#signalled === undefined ? 0 : WAITS_FOR_SIGNALLED_MS;
    const accepted = this.#suitor.packets >= LOCKS_AFTER && nowMs - suitor.sinceMs >= wait;
    if (!accepted) return false;
    this.#target = { address: from.address, port: from.port };
    this.#heard = 1;
    return true;
  }
}
