/** An SDP description (RFC 8866) as far as voice needs it. Unknown lines are dropped on parsing. */
export interface SdpSession {
  readonly origin: SdpOrigin;
  readonly name: string;
  /** The session-wide `c=` address; a media line's own comes first. */
  readonly connection?: string;
  readonly attributes: readonly SdpAttribute[];
  readonly media: readonly SdpMedia[];
}

export interface SdpOrigin {
  readonly username: string;
  readonly sessionId: string;
  readonly sessionVersion: string;
  readonly address: string;
}

export interface SdpAttribute {
  readonly name: string;
  /** Absent for a flag such as `a=rtcp-mux`. */
  readonly value?: string;
}

export interface SdpMedia {
  /** `audio`, `video`, ... */
  readonly kind: string;
  /** 0: rejected, or (in a BUNDLE offer) nothing of its own. */
  readonly port: number;
  /** `RTP/AVP`, `UDP/TLS/RTP/SAVPF`, ... */
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly connection?: string;
  readonly attributes: readonly SdpAttribute[];
}

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** One payload type's meaning: `a=rtpmap` with its `a=fmtp`, or RFC 3551's static table. */
export interface RtpMap {
  readonly payloadType: number;
  readonly name: string;
  /** The RTP clock, which for G722 is 8000 (RFC 3551 section 4.5.2). */
  readonly clockHz: number;
  readonly channels: number;
  readonly parameters?: string;
}
