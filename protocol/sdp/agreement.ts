import type { Direction } from './session.ts';

/** FreeSWITCH's names of what we speak. */
export type VoiceCodec = 'PCMU' | 'PCMA' | 'G722' | 'opus';

/** RTP clock and channels of each, as SDP writes them (RFC 3551, RFC 7587). */
export const VOICE_CODECS: Readonly<
  Record<VoiceCodec, { readonly clockHz: number; readonly channels: number }>
> = {
  opus: { clockHz: 48_000, channels: 2 },
  G722: { clockHz: 8000, channels: 1 },
  PCMU: { clockHz: 8000, channels: 1 },
  PCMA: { clockHz: 8000, channels: 1 },
};

export interface AgreedCodec {
  readonly name: VoiceCodec;
  readonly payloadType: number;
  readonly clockHz: number;
}

export interface Fingerprint {
  /** `sha-256` and the like, lower case. */
  readonly hash: string;
  /** Upper-case hexadecimal pairs joined by colons. */
  readonly value: string;
}

/** What a peer's browser media needs (RFC 8839, RFC 8842). */
export interface RemoteSecurity {
  readonly ufrag: string;
  readonly password: string;
  readonly fingerprints: readonly Fingerprint[];
  /** Our own part of the handshake. */
  readonly dtlsRole: 'server' | 'client';
}

/** Where a peer takes plain RTP. */
export interface RemoteAddress {
  readonly address: string;
  readonly port: number;
  readonly rtcpPort: number;
}

/** What offer and answer settled for the one voice stream. */
export interface Agreement {
  /** Which media line of the offer carries the voice. */
  readonly mediaIndex: number;
  readonly codec: AgreedCodec;
  /** RFC 4733, on the codec's clock where offered so. */
  readonly telephoneEvent?: { readonly payloadType: number; readonly clockHz: number };
  /** RFC 3389 packets may come. */
  readonly comfortNoise?: number;
  /** Our own direction. */
  readonly direction: Direction;
  /** The peer stopped our audio or its own (RFC 3264 section 8.4, and `c=0.0.0.0`). */
  readonly heldByPeer: boolean;
  readonly rtcpMux: boolean;
  readonly remote?: RemoteAddress;
  readonly security?: RemoteSecurity;
}

export type Negotiation =
  | { readonly kind: 'agreed'; readonly agreement: Agreement }
  | { readonly kind: 'refused'; readonly reason: 'no-common-codec' | 'bad-sdp' };

/** Our side of one description. */
export interface LocalMedia {
  readonly sessionId: string;
  readonly sessionVersion: number;
  /** Written in `c=`, `o=` and the candidate. */
  readonly address: string;
  readonly port: number;
  readonly rtcpPort: number;
  readonly ssrc: number;
  readonly cname: string;
  readonly security?: {
    readonly ufrag: string;
    readonly password: string;
    readonly fingerprint: Fingerprint;
  };
}
