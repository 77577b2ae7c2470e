import type { Agreement } from '../../protocol/sdp/agreement.ts';

/** What a transport tells the leg above it. Packets are in the clear and from the peer itself. */
export interface TransportListener {
  onRtp(packet: Uint8Array): void;
  onRtcp(packet: Uint8Array): void;
  /** ICE and DTLS are through; never for plain RTP. */
  onConnected(): void;
  /** The peer is gone: DTLS goodbye, or it consents no more. */
  onGone(): void;
}

/** One leg's way to its peer. Packets handed in may not be changed afterwards. */
export interface MediaTransport {
  /** Our port, written into SDP. */
  readonly port: number;
  readonly rtcpPort: number;
  /** Whether the peer can hear yet. */
  readonly ready: boolean;
  sendRtp(packet: Uint8Array): void;
  sendRtcp(packet: Uint8Array): void;
  /** A new agreement for a living call. False: it asks for what this transport cannot do. */
  update(agreement: Agreement): boolean;
  /** Runs what time asks for; called each tick. */
  tick(nowMs: number): void;
  close(): void;
}
