import type { IceServer } from '../../protocol/http/views.ts';

/** What one call needs: our address, the credentials for it, whom to call, and how to get there. */
export interface CallOrder {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly wsUrl: string;
  readonly target: string;
  readonly displayName: string;
  /** STUN and TURN servers to ask for ways around a firewall; absent: none. */
  readonly iceServers?: readonly IceServer[];
  /** What the others hear. The call uses a copy and never stops this one. */
  readonly voice: MediaStreamTrack;
}

/** What happens to a call. After `refused`, `unreachable` or `ended` nothing more comes. */
export type CallEvent =
  | { readonly kind: 'answered' }
  /** A final SIP response other than 2xx. */
  | { readonly kind: 'refused'; readonly status: number }
  /** No connection to the SIP server could be made. */
  | { readonly kind: 'unreachable' }
  /** The other side hung up; `again`: and wants to be called again at once. */
  | { readonly kind: 'ended'; readonly again?: true }
  /** `weak`: packets do not get through at the moment. `lost`: they will not without a new call. */
  | { readonly kind: 'line'; readonly line: 'good' | 'weak' | 'lost' }
  /** Sound came all the time, and nothing at all comes any more. */
  | { readonly kind: 'dead' }
  /** No packet ever got through, or none could. `relay`: nor did the TURN server lend itself to us. */
  | { readonly kind: 'blocked'; readonly relay?: 'refused' }
  /** The connection that carries SIP broke; sound may still flow. */
  | { readonly kind: 'signalling-lost' };

export interface Call {
  /** Ends the call in whatever state it is, releases all; no event follows. */
  hangUp(): void;
  /** One of `0`-`9`, `*`, `#`: as RFC 4733 telephone-event, or SIP INFO where that is not agreed. */
  sendDigit(digit: string): void;
  /** While off, silence is sent in place of the voice. */
  transmit(on: boolean): void;
  /** Another microphone, in the midst of the call. */
  replaceVoice(voice: MediaStreamTrack): Promise<void>;
  /** What the browser counts of this call (W3C webrtc-stats); `undefined` until media is set up. */
  stats(): Promise<RTCStatsReport | undefined>;
}

/** A SIP phone over WebSocket and WebRTC: one file implements it, and no other knows which library. */
export interface Phone {
  call(order: CallOrder, listen: (event: CallEvent) => void): Call;
}
