import type { RemoteInfo, Socket } from 'node:dgram';
import type { Agreement } from '../../protocol/sdp/agreement.ts';
import { parseRtp } from '../../protocol/rtp/packet.ts';
import { isRtcp } from '../../protocol/rtp/rtcp.ts';
import { isSameAddress } from './address.ts';
import type { SocketAddress } from './address.ts';
import { Latch } from './latch.ts';
import type { PortPair } from './ports.ts';
import type { MediaTransport, TransportListener } from './transport.ts';

/** RTP and RTCP of one phone on a pair of ports of its own. */
export class PlainTransport implements MediaTransport {
  readonly port: number;
  readonly #pair: PortPair;
  readonly #listener: TransportListener;
  readonly #now: () => number;
  readonly #latch = new Latch(undefined);
  #agreement: Agreement | undefined;
  #rtcpSource: SocketAddress | undefined;

  constructor(pair: PortPair, listener: TransportListener, now: () => number) {
    this.port = pair.port;
    this.#pair = pair;
    this.#listener = listener;
    this.#now = now;
    pair.rtp.on('message', (bytes, from) => this.#onRtpPort(bytes, from));
    pair.rtcp.on('message', (bytes, from) => this.#onRtcp(bytes, from));
    // An ICMP refusal is the peer's affair; its silence ends the call by the RTP time-out.
    for (const socket of [pair.rtp, pair.rtcp]) socket.on('error', () => undefined);
  }

  get rtcpPort(): number {
    return this.#agreement?.rtcpMux ? this.port : this.port + 1;
  }

  get ready(): boolean {
    return this.#latch.target !== undefined;
  }

  update(agreement: Agreement): boolean {
    if (agreement.security) return false;
    this.#agreement = agreement;
    // A peer on hold that gives no address keeps the one it had.
    if (agreement.remote || !agreement.heldByPeer) this.#latch.signal(agreement.remote);
    this.#rtcpSource = undefined;
    return true;
  }

  sendRtp(packet: Uint8Array): void {
    const target = this.#latch.target;
    if (target && !this.#isDeafened()) send(this.#pair.rtp, packet, target);
  }

  sendRtcp(packet: Uint8Array): void {
    const target = this.#rtcpTarget();
    if (!target) return;
    send(this.#agreement?.rtcpMux ? this.#pair.rtp : this.#pair.rtcp, packet, target);
  }

  tick(): void {
    // Nothing of plain RTP asks for time.
  }

  close(): void {
    this.#pair.rtp.close();
    this.#pair.rtcp.close();
  }

  /** `c=0.0.0.0`: the old way to say that nothing shall be sent. */
  #isDeafened(): boolean {
    return this.#agreement?.heldByPeer === true && this.#agreement.remote === undefined;
  }

  #rtcpTarget(): SocketAddress | undefined {
    const target = this.#latch.target;
    if (!target || this.#isDeafened()) return undefined;
    if (this.#agreement?.rtcpMux) return target;
    const signalled = this.#agreement?.remote;
    if (signalled && isSameAddress(signalled, target)) {
      return { address: target.address, port: signalled.rtcpPort };
    }
    return this.#movedRtcp(target) ?? { address: target.address, port: target.port + 1 };
  }

  /** Behind a router the reports' port is any: the first that came from the voice's address. */
  #movedRtcp(target: SocketAddress): SocketAddress | undefined {
    return this.#rtcpSource?.address === target.address ? this.#rtcpSource : undefined;
  }

  #onRtpPort(bytes: Buffer, from: RemoteInfo): void {
    if (isRtcp(bytes)) {
      this.#onRtcp(bytes, from);
      return;
    }
    const packet = parseRtp(bytes);
    if (!packet) return;
    const { ssrc, sequence } = packet;
    if (this.#latch.admits({ from, ssrc, sequence }, this.#now())) this.#listener.onRtp(bytes);
  }

  #onRtcp(bytes: Buffer, from: RemoteInfo): void {
    if (isRtcp(bytes) && this.#admitsRtcp(from)) this.#listener.onRtcp(bytes);
  }

  #admitsRtcp(from: SocketAddress): boolean {
    const target = this.#latch.target;
    if (!target || from.address !== target.address) return false;
    const signalled = this.#agreement?.remote;
    const moved = !signalled || !isSameAddress(signalled, target);
    if (moved && this.#latch.locked && !this.#agreement?.rtcpMux) {
      this.#rtcpSource ??= { address: from.address, port: from.port };
    }
    return from.port === this.#rtcpTarget()?.port;
  }
}

function send(socket: Socket, packet: Uint8Array, { address, port }: SocketAddress): void {
  // UDP may lose packets anywhere; without a callback, losing one here is no different.
  if (port > 0 && port < 65_536) socket.send(packet, port, address);
}
