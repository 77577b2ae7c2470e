import type { Role, RoomId } from '../room/room.ts';

/** One way to reach a meeting by phone. */
export interface DialIn {
  readonly label: string;
  /** What to dial on a phone that knows this server. */
  readonly number: string;
  readonly uri: string;
}

/** A meeting as `/api/v1/meetings` shows it to those who run it. Times are ISO 8601 in UTC. */
export interface MeetingView {
  readonly id: RoomId;
  readonly name: string;
  readonly state: 'open' | 'ended';
  readonly extension?: string;
  readonly muteOnEntry: boolean;
  readonly maxParticipants?: number;
  readonly createdAt: string;
  readonly endedAt?: string;
  readonly codes: { readonly join: string; readonly moderator: string };
  readonly joinUrl: string;
  readonly moderatorUrl: string;
  readonly dialIn: readonly DialIn[];
  /** People in the room now. */
  readonly participants: number;
}

/** One of a browser's `RTCConfiguration.iceServers`; name and credential are for TURN only. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** What a browser needs to place its one call over SIP (answer to a ticket). */
export interface SipGrant {
  /** Our own address, for From. */
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly wsUrl: string;
  readonly expiresAt: string;
  /** STUN and TURN servers, for browsers that do not reach the switch directly; absent: none. */
  readonly iceServers?: readonly IceServer[];
}

/** `GET /api/v1/tickets/:ticket`: what the join page shows before joining. */
export interface TicketView {
  readonly meeting: { readonly id: RoomId; readonly name: string; readonly muteOnEntry: boolean };
  readonly role: Role;
  /** The name the ticket was made for; absent on a link anybody may use. */
  readonly name?: string;
  readonly dialIn: readonly DialIn[];
  /** The joining code, to type on a phone's keypad instead. */
  readonly code: string;
}

/** `POST /api/v1/tickets/:ticket/softphone {name}`: all the softphone needs. */
export interface SoftphoneGrant {
  readonly sip: SipGrant;
  /** The SIP address to call. */
  readonly target: string;
  /** Bearer token for this meeting's feed and one's own row; a moderator's is for every row and the room. */
  readonly feedToken: string;
  /** One's own row in the feed is the one with this `personId`. */
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
}

/** A desk phone's account; the password is shown once, at creation. */
export interface AccountView {
  readonly username: string;
  readonly name: string;
  readonly createdAt: string;
  readonly password?: string;
  /** What to type into the phone: `host:port`, and how it may speak, the likeliest first. */
  readonly server: {
    readonly address: string;
    readonly transports: readonly ('udp' | 'tcp')[];
  };
  readonly registered: readonly {
    readonly address: string;
    readonly userAgent: string;
    readonly expiresAt: string;
  }[];
}

/** `GET /api/v1/session`: whether the cookie or key that was shown opens the console. */
export type SessionView =
  | { readonly signedIn: false }
  | {
      readonly signedIn: true;
      readonly role: 'admin';
      /** When the session ends; absent where a key was shown, which does not. */
      readonly expiresAt?: string;
    };

/** RFC 9457. `detail` says what to do; `field` names the part of the input at fault. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly field?: string;
}
