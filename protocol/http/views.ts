import type { Language } from '../call/language.ts';
import type { TrunkTrouble } from '../call/trunk-trouble.ts';
import type { CallEnd, OutboundCall } from '../room/outbound-call.ts';
import type { Role, RoomId } from '../room/room.ts';
import type { MemberView, PersonRole, WaysIn } from './people.ts';

/** One way to reach a meeting by phone. */
export interface DialIn {
  readonly label: string;
  /** What to dial: from anywhere where it begins with `+`, else on a phone that knows this server. */
  readonly number: string;
  /** `tel:` or `sip:`. */
  readonly uri: string;
  /** What callers are spoken to in; absent: the meeting's own. */
  readonly language?: Language;
}

/** What a meeting's rules are, as people set them. */
export interface MeetingRules {
  readonly muteOnEntry: boolean;
  /** Participants wait until a moderator lets them in. */
  readonly lobby: boolean;
  /** Participants wait until a moderator is there. */
  readonly waitForModerator: boolean;
  /** Participants may unmute themselves. */
  readonly unmuteSelf: boolean;
  /** Whether a moderator opens the microphone of somebody who closed it, or asks for it. */
  readonly unmuteOthers: 'ask' | 'allowed';
  /** Callers whose name nobody knows are asked to say it. */
  readonly askName: boolean;
  /** What everybody hears when somebody comes or goes, while at most `entrySoundsUpTo` are there. */
  readonly entrySounds: 'none' | 'tones' | 'names';
  readonly entrySoundsUpTo: number;
  readonly language: Language;
  /** Recording begins by itself when the first comes in; everybody hears so. */
  readonly record: boolean;
  /** Participants may let the meeting call their own phone. */
  readonly callMe: boolean;
  /** Participants come in so long before each start. */
  readonly earlyEntryMinutes: number;
  /** It ends so long after the last moderator left; 0: it goes on. */
  readonly endWithoutModeratorMinutes: number;
  /** It ends when nobody has said a word for so long; 0: never. */
  readonly endWhenSilentMinutes: number;
  /** It is over for this time when nobody has been there for so long; 0: never. */
  readonly endWhenEmptyMinutes: number;
  /** It ends so long after the first came in; 0: it does not. */
  readonly maxMinutes: number;
}

/** One time at which a meeting takes place. */
export interface OccurrenceView {
  /** When the recurrence has it: names the occurrence in `/occurrences/{at}`. */
  readonly at: string;
  readonly startsAt: string;
  readonly endsAt: string;
  /** It does not take place. */
  readonly skipped?: true;
  /** It takes place at another time than the recurrence has. */
  readonly moved?: true;
}

/** A meeting as `/api/v1/meetings` shows it to those who run it. Times are ISO 8601 in UTC. */
export interface MeetingView extends MeetingRules {
  readonly id: RoomId;
  readonly name: string;
  /** `planned`: before `startsAt`, and no moderator opened it yet. */
  readonly state: 'planned' | 'open' | 'ended';
  readonly extension?: string;
  readonly maxParticipants?: number;
  /** Of a series: the first time. */
  readonly startsAt?: string;
  readonly durationMinutes?: number;
  /** IANA. */
  readonly timeZone?: string;
  /** RFC 5545, section 3.3.10. */
  readonly recurrence?: string;
  /** The time that is next, or now; absent where there is none any more. */
  readonly next?: OccurrenceView;
  /** Times of a series still to come that were left out, the first first; at most 20. */
  readonly leftOut?: readonly string[];
  readonly createdAt: string;
  readonly endedAt?: string;
  readonly codes: { readonly join: string; readonly moderator: string };
  readonly joinUrl: string;
  readonly moderatorUrl: string;
  readonly dialIn: readonly DialIn[];
  /** Who made it, where that is somebody with an account. */
  readonly owner?: string;
  /** Those with accounts whom it names. */
  readonly members?: readonly MemberView[];
  /** People in the room now; those in the lobby do not count. */
  readonly participants: number;
}

/** Somebody who may not come in any more. Lifted by itself when the meeting ends. */
export interface BanView {
  readonly id: string;
  readonly name: string;
  /** Masked as in the list of people. */
  readonly number: string;
  readonly bannedAt: string;
  /** The moderator's name, or `console` or `program`. */
  readonly by: string;
  /** When it is lifted by itself; absent: never before the meeting ends. */
  readonly until?: string;
}

/** A ban in the list of all. */
export interface HouseBanView extends BanView {
  /** Absent: it holds for every meeting, until it is lifted or runs out. */
  readonly meeting?: { readonly id: RoomId; readonly name: string };
}

/** A limit on wrong codes or keys that is full now, or was within the last 24 hours. */
export interface AlarmView {
  readonly id: string;
  /**
   * `caller`: one caller. `code-range`: codes that begin with the same three digits. `all`: everybody
   * together. `login`: one address at the console. `webhook`: one is paused, for nobody answers.
   */
  readonly kind: 'caller' | 'code-range' | 'all' | 'login' | 'webhook';
  /** Whom it holds for, masked. */
  readonly who: string;
  readonly since: string;
  readonly until: string;
  /** Tries it refused, and those that filled it; at most a second behind. */
  readonly count: number;
}

/** A line to the telephone network. Its password is never shown. */
export interface TrunkView {
  readonly name: string;
  /** `host:port`. */
  readonly server: string;
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly username?: string;
  readonly hasPassword: boolean;
  readonly register: boolean;
  /** CIDR: from where its calls come. */
  readonly addresses: readonly string[];
  readonly numbers: readonly {
    readonly number: string;
    readonly label: string;
    readonly language: Language;
  }[];
  readonly outbound: boolean;
  readonly callerId?: string;
  readonly trustsCallerId: boolean;
  /** How it stands now; absent for a moment after it was made or changed. */
  readonly line?: TrunkLine;
}

export interface TrunkLine {
  /** `reachable`: does not register, and answers. `off`: neither registers nor is called out by. */
  readonly state: 'registered' | 'reachable' | 'trying' | 'refused' | 'off';
  /** Where it is not as it should be: why, and the same as one English sentence. */
  readonly trouble?: TrunkTrouble;
  readonly detail?: string;
}

/** A call that the meeting makes, as `/meetings/:id/calls` shows it. */
export interface CallView {
  /** The participant's id, once they join. */
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly state: OutboundCall['state'];
  readonly end?: CallEnd;
  readonly startedAt: string;
  /** Absent on the calls of others. */
  readonly personId?: string;
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
  readonly meeting: {
    readonly id: RoomId;
    readonly name: string;
    readonly state: 'planned' | 'open';
    readonly startsAt?: string;
    readonly muteOnEntry: boolean;
    readonly lobby: boolean;
    readonly waitForModerator: boolean;
    readonly unmuteSelf: boolean;
    readonly unmuteOthers: 'ask' | 'allowed';
    readonly callMe: boolean;
    readonly language: Language;
  };
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
  /** Whose phone it is, where that is somebody with an account of ours. */
  readonly personId?: string;
  /** By which other phones call it. */
  readonly extension?: string;
  readonly createdAt: string;
  readonly password?: string;
  /** What to type into the phone: `host:port`, and how it may speak, the likeliest first. */
  readonly server: {
    readonly address: string;
    readonly transports: readonly ('udp' | 'tcp')[];
  };
  readonly registered: readonly {
    readonly address: string;
    readonly transport: 'udp' | 'tcp' | 'ws';
    readonly userAgent: string;
    /** Since when without a gap; absent on what was registered before that was kept. */
    readonly since?: string;
    readonly expiresAt: string;
  }[];
  /** When its phone last came to a meeting's door; for 90 days. */
  readonly lastCall?: { readonly at: string; readonly meeting: RoomId };
  /** Settings that wait for a phone to fetch them, or were fetched within a day. */
  readonly provisioning?: {
    /** What the phone is given, with a slash at the end; only in the answer that made the password. */
    readonly url?: string;
    /** From then on it is good no more. */
    readonly expiresAt: string;
    readonly fetchedAt?: string;
    /** The User-Agent that the phone told. */
    readonly fetchedBy?: string;
  };
}

/** `GET /api/v1/session`: whether the cookie or key that was shown opens the console. */
export type SessionView =
  | { readonly signedIn: false; readonly ways: WaysIn }
  | {
      readonly signedIn: true;
      /** With the administrator's key: `owner`, and nobody's name. */
      readonly role: PersonRole;
      readonly personId?: string;
      readonly name?: string;
      /** What the settings allow: recording meetings, and calls to numbers (to accounts, always). */
      readonly offers: { readonly recording: boolean; readonly callsToNumbers: boolean };
      /** When the session ends; absent where a key was shown, which does not. */
      readonly expiresAt?: string;
    };
