import type { LeaveReason, RoomEvent } from '../protocol/room/event.ts';
import type { Quality } from '../protocol/room/quality.ts';
import type { Participant, ParticipantId, Role, RoomId, Via } from '../protocol/room/room.ts';
import type { RoomLife } from './sighting.ts';
import type { Standing } from './standing.ts';

/** Who a leg is; from the gateway's identity, never from caller-ID. */
export interface Who {
  readonly name: string;
  /** Masked already: whoever shows it need not think of it. */
  readonly number: string;
  readonly via: Via;
  readonly role: Role;
  /** The name is a stand-in. */
  readonly unnamed?: true;
  readonly personId?: string;
  /** What their phone or browser calls itself. */
  readonly device?: string;
}

export interface Member {
  readonly memberId: number;
  /** `Event-Sequence` of the newest event taken in; older ones say nothing new. */
  readonly at: number;
  /** Our own count of sightings when it was last seen: tells what a list may overrule. */
  readonly tick: number;
  readonly row: Participant;
}

export interface RoomState {
  readonly life: RoomLife;
  readonly openedAtMs: number;
  readonly locked: boolean;
  readonly recording: boolean;
  /** `Event-Sequence` of the newest word on the lock or the recording. */
  readonly at: number;
  /** The highest `Event-Sequence` of this life of the room. */
  readonly newest: number;
  readonly tick: number;
  readonly members: ReadonlyMap<ParticipantId, Member>;
}

/** What one FreeSWITCH process has in its rooms, as far as its events and lists told. */
export interface Members {
  readonly rooms: ReadonlyMap<RoomId, RoomState>;
  /** `Conference-Unique-ID`s that are over, with the `tick` of it; late events are not taken in. */
  readonly over: ReadonlyMap<string, number>;
  /** Legs that left: events and lists from before may still be under way. */
  readonly left: ReadonlyMap<ParticipantId, Leaving>;
  readonly tick: number;
}

/** When a leg left, as `at` and `tick` of a member. */
export interface Leaving {
  readonly at: number;
  readonly tick: number;
}

/** What FreeSWITCH says of a member in other words than its events. */
export interface Learned {
  /** How well it is received. */
  readonly quality?: Quality;
  /** Whom FreeSWITCH keeps from it; nobody: absent. */
  readonly unheard?: readonly ParticipantId[] | undefined;
}

/** What the core must be told, since it has no clock and no memory of calls. */
export interface Context {
  readonly nowMs: number;
  readonly whoIs: (leg: ParticipantId) => Who | undefined;
  /** Why a leg leaves that leaves now. */
  readonly whyLeft: (leg: ParticipantId) => LeaveReason;
  /** What we ourselves keep of a leg. */
  readonly standingOf: (leg: ParticipantId) => Standing;
  /** The leg that speaks and hears for this one. */
  readonly carrierOf: (leg: ParticipantId) => ParticipantId | undefined;
  readonly learnedOf: (leg: ParticipantId) => Learned | undefined;
}

export interface Change {
  readonly members: Members;
  readonly facts: readonly RoomEvent[];
  /** FreeSWITCH counts other people than we do: an event was lost, a list must tell. */
  readonly doubted: boolean;
}

export const NOBODY: Members = { rooms: new Map(), over: new Map(), left: new Map(), tick: 0 };

/** How many bygones are remembered; events come late by milliseconds, not by hundreds of rooms. */
const BYGONES = 500;

export function roomWith(members: Members, leg: ParticipantId): RoomState | undefined {
  return [...members.rooms.values()].find((room) => room.members.has(leg));
}

export function bury(members: Members, conference: string): Members {
  return { ...members, over: bygones(members.over, conference, members.tick) };
}

export function remember(members: Members, leg: ParticipantId, at: number): Members {
  return { ...members, left: bygones(members.left, leg, { at, tick: members.tick }) };
}

function bygones<K, V>(known: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  const next = new Map(known);
  next.delete(key);
  next.set(key, value);
  const [oldest] = next.keys();
  if (next.size > BYGONES && oldest !== undefined) next.delete(oldest);
  return next;
}

export function withMember(members: Members, room: RoomState, member: Member): Members {
  const left = new Map(members.left);
  left.delete(member.row.id);
  const inside = new Map(room.members).set(member.row.id, member);
  return withRoom({ ...members, left }, { ...room, members: inside, tick: members.tick });
}

export function withRoom(members: Members, room: RoomState): Members {
  return { ...members, rooms: new Map(members.rooms).set(room.life.room, room) };
}

export function roomOf(members: Members, id: RoomId): RoomState {
  const room = members.rooms.get(id);
  if (room === undefined) throw new Error(`room ${id} was open a line ago`);
  return room;
}
