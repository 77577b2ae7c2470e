import type { OutboundCall } from './outbound-call.ts';
import type { Quality } from './quality.ts';

/** Names a meeting and, word for word, its FreeSWITCH conference: `m-` and 16 base32 letters. */
export type RoomId = string & { readonly __brand: 'RoomId' };

/** Names one leg in a room: FreeSWITCH's `Unique-ID`. Never reused. */
export type ParticipantId = string & { readonly __brand: 'ParticipantId' };

export type Role = 'moderator' | 'participant';
/** Who muted somebody: they themselves, a moderator or program, or the meeting's rule at the entry. */
export type MutedBy = 'self' | 'moderator' | 'entry';
export type Via = 'phone' | 'browser';

/** One leg in a room, as every screen and program sees it. Facts carry it whole, never in parts. */
export interface Participant {
  readonly id: ParticipantId;
  readonly name: string;
  /** The caller's number or account, for display only; empty for browsers. */
  readonly number: string;
  /** The name is a stand-in: this caller gave none, and no moderator typed one. */
  readonly unnamed?: true;
  readonly via: Via;
  readonly role: Role;
  readonly state: 'lobby' | 'joined';
  readonly muted: boolean;
  /** Absent where nobody is muted, or nobody knows any more who did it. */
  readonly mutedBy?: MutedBy;
  /** A moderator asks them to unmute themselves. */
  readonly askedToUnmute?: true;
  readonly deaf: boolean;
  readonly held: boolean;
  /** Their own phone holds the call; its music is kept out of the room meanwhile. */
  readonly onHold?: true;
  /** Their call goes over to another FreeSWITCH: they are heard by nobody until that is done. */
  readonly moving?: true;
  readonly talking: boolean;
  readonly hand: boolean;
  /** When the hand went up; present exactly with `hand`. The queue is in this order. */
  readonly handAtMs?: number;
  readonly wantsHelp?: true;
  /** FreeSWITCH's steps, -4 to 4: `in` is how loud others hear this person, `out` how loud they hear. */
  readonly volume: { readonly in: number; readonly out: number };
  /** Who is in the room and is not heard by this person, by their own wish; told to nobody else in the meeting. */
  readonly unheard?: readonly ParticipantId[];
  readonly joinedAtMs: number;
  /** The person behind the leg, where the ticket or account names one. */
  readonly personId?: string;
  /** This person speaks and hears over that other leg of theirs; this one is silent meanwhile. */
  readonly audioBy?: ParticipantId;
  /** What their phone or browser calls itself: theirs to choose. Told to moderators alone. */
  readonly device?: string;
  /** What their call sends and gets, and samples a second: `opus/48000`. Absent until the switch told it. */
  readonly codec?: string;
  /** Over the last ten seconds or more; a new one only where people would notice. Absent at first. */
  readonly quality?: Quality;
}

/**
 * Why a room will be over: its time is up, the last moderator left, nobody speaks, nobody is there; or
 * it is a breakout room, and all come back together.
 */
export type WhyEnds = 'time' | 'no-moderator' | 'silence' | 'empty' | 'breakout';

/** When a room will be over, if nobody prevents it. */
export interface RoomEnd {
  readonly atMs: number;
  readonly why: WhyEnds;
}

/** One meeting's live room. */
export interface Room {
  readonly id: RoomId;
  readonly locked: boolean;
  readonly recording: boolean;
  readonly openedAtMs: number;
  /** Those inside and those in the lobby. */
  readonly people: ReadonlyMap<ParticipantId, Participant>;
  /** Present once it was announced. */
  readonly end?: RoomEnd;
  /** Calls that the meeting makes, or made within the last minute. */
  readonly calls: ReadonlyMap<ParticipantId, OutboundCall>;
}

export type Rooms = ReadonlyMap<RoomId, Room>;

const ROOM_ID = /^m-[a-z2-7]{16}$/;
const PARTICIPANT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const CODEC = /^[\w.-]{1,32}\/\d{4,6}$/;

export function isCodec(text: string): boolean {
  return CODEC.test(text);
}

const DEVICE = /^(?! )[\x20-\x7e]{1,60}(?<! )$/;

export function isDevice(text: string): boolean {
  return DEVICE.test(text);
}

export function isRoomId(text: string): text is RoomId {
  return ROOM_ID.test(text);
}

export function isParticipantId(text: string): text is ParticipantId {
  return PARTICIPANT_ID.test(text);
}
