import { sameParticipant } from '../protocol/room/apply.ts';
import type { RoomEvent } from '../protocol/room/event.ts';
import type { Participant, ParticipantId } from '../protocol/room/room.ts';
import { bury, remember, roomWith, withMember, withRoom } from './members.ts';
import type { Change, Context, Member, Members, RoomState, Who } from './members.ts';
import type { MemberSeen, RoomLife } from './sighting.ts';
import { shownOf } from './standing.ts';

const STRANGER: Who = { name: 'Unknown caller', number: '', via: 'phone', role: 'participant' };
const FRESH = { muted: false, deaf: false, volume: { in: 0, out: 0 } };

export interface Seeing {
  readonly member: MemberSeen;
  readonly at: number;
  /** Where a list told how long ago. */
  readonly joinedAgoMs?: number;
}

export function see(members: Members, room: RoomState, seeing: Seeing, context: Context): Change {
  const { member, at } = seeing;
  const known = room.members.get(member.leg);
  const joinedAtMs =
    known?.row.joinedAtMs ??
    context.standingOf(member.leg).insideSinceMs ??
    context.nowMs - (seeing.joinedAgoMs ?? 0);
  const who = context.whoIs(member.leg) ?? known?.row ?? STRANGER;
  const row = rowOf(member, who, { joinedAtMs, before: known?.row, context });
  const next: Member = { memberId: member.memberId, at, tick: members.tick, row };
  const after = withMember(members, room, next);
  const facts: RoomEvent[] =
    known !== undefined && sameParticipant(known.row, row)
      ? []
      : [{ kind: 'participant-updated', room: room.life.room, participant: row }];
  return { members: after, facts, doubted: false };
}

function rowOf(
  member: MemberSeen,
  who: Who,
  kept: {
    readonly joinedAtMs: number;
    readonly before: Participant | undefined;
    readonly context: Context;
  },
): Participant {
  const before = kept.before ?? FRESH;
  const muted = member.muted ?? before.muted;
  const codec = member.codec ?? kept.before?.codec;
  return {
    ...ownPart(member.leg, who, { muted, before: kept.before, context: kept.context }),
    state: 'joined',
    muted,
    deaf: member.deaf ?? before.deaf,
    held: member.held,
    talking: member.talking,
    volume: {
      in: member.volume.in ?? before.volume.in,
      out: member.volume.out ?? before.volume.out,
    },
    joinedAtMs: kept.joinedAtMs,
    ...(codec !== undefined && { codec }),
  };
}

/** What of a row FreeSWITCH does not know: who it is, and what we keep of it. */
function ownPart(
  id: ParticipantId,
  who: Who,
  {
    muted,
    before,
    context,
  }: {
    readonly muted: boolean;
    readonly before: Participant | undefined;
    readonly context: Pick<Context, 'standingOf' | 'carrierOf' | 'learnedOf'>;
  },
) {
  const standing = context.standingOf(id);
  const audioBy = context.carrierOf(id);
  const { quality, unheard } = context.learnedOf(id) ?? {};
  return {
    id,
    name: standing.name ?? who.name,
    number: who.number,
    via: who.via,
    role: standing.role ?? who.role,
    ...(who.unnamed && standing.name === undefined && { unnamed: true as const }),
    ...(who.personId === undefined ? {} : { personId: who.personId }),
    ...(who.device === undefined ? {} : { device: who.device }),
    ...shownOf(standing, { muted, before }),
    ...(audioBy === undefined ? {} : { audioBy }),
    ...(quality === undefined ? {} : { quality }),
    ...(unheard === undefined ? {} : { unheard }),
  };
}

/** The row of somebody who waits before the door. */
export function lobbyRow(
  leg: ParticipantId,
  who: Who,
  context: Pick<Context, 'standingOf' | 'nowMs'>,
): Participant {
  const nothing = (): undefined => undefined;
  const { standingOf } = context;
  const inside = { standingOf, carrierOf: nothing, learnedOf: nothing };
  return {
    ...ownPart(leg, who, { muted: false, before: undefined, context: inside }),
    state: 'lobby',
    ...FRESH,
    held: false,
    talking: false,
    joinedAtMs: standingOf(leg).lobbySinceMs ?? context.nowMs,
  };
}

export function dropMember(
  members: Members,
  room: RoomState,
  leg: ParticipantId,
  { at, context }: { readonly at: number; readonly context: Context },
): Change {
  const rest = new Map(room.members);
  rest.delete(leg);
  const after = remember(
    withRoom(members, { ...room, members: rest, tick: members.tick }),
    leg,
    at,
  );
  return {
    members: after,
    facts: [
      { kind: 'participant-left', room: room.life.room, id: leg, reason: context.whyLeft(leg) },
    ],
    doubted: false,
  };
}

export function openRoom(members: Members, life: RoomLife, openedAtMs: number): Change {
  const room: RoomState = {
    life,
    openedAtMs,
    locked: false,
    recording: false,
    at: 0,
    newest: 0,
    tick: members.tick,
    members: new Map(),
  };
  return {
    members: withRoom(members, room),
    facts: [{ kind: 'room-opened', room: life.room, openedAtMs }],
    doubted: false,
  };
}

export function closeRoom(members: Members, room: RoomState, context: Context): Change {
  const id = room.life.room;
  const rest = new Map(members.rooms);
  rest.delete(id);
  const left = [...room.members].reduce(
    (now, [leg, { at }]) => remember(now, leg, at),
    bury(members, room.life.conference),
  );
  const facts: RoomEvent[] = [...room.members.keys()].map((leg) => ({
    kind: 'participant-left',
    room: id,
    id: leg,
    reason: context.whyLeft(leg),
  }));
  facts.push({ kind: 'room-closed', room: id });
  return { members: { ...left, rooms: rest }, facts, doubted: false };
}

/** `at` is absent where a list told, which is newer than any event before it. */
export function updateRoom(
  members: Members,
  room: RoomState,
  at: number | undefined,
  told: { readonly locked?: boolean; readonly recording?: boolean },
): Change {
  if (at !== undefined && at <= room.at) return unchanged(members);
  const next = { ...room, ...told, at: at ?? room.at, tick: members.tick };
  const after = withRoom(members, next);
  if (next.locked === room.locked && next.recording === room.recording) return unchanged(after);
  const { locked, recording } = next;
  const fact: RoomEvent = { kind: 'room-updated', room: room.life.room, locked, recording };
  return { members: after, facts: [fact], doubted: false };
}

/** The process that held these rooms is gone. */
export function voidAll(members: Members, context: Context): Change {
  return inOrder(
    members,
    [...members.rooms.values()].map((room) => (now) => closeRoom(now, room, context)),
  );
}

/** A leg hung up; usually its leaving was told before. */
export function dropLeg(members: Members, leg: ParticipantId, context: Context): Change {
  const room = roomWith(members, leg);
  const at = room?.members.get(leg)?.at ?? 0;
  return room === undefined ? unchanged(members) : dropMember(members, room, leg, { at, context });
}

/** Who a leg is, or what we keep of it, changed while it was shown. */
export function refresh(members: Members, leg: ParticipantId, context: Context): Change {
  const room = roomWith(members, leg);
  const known = room?.members.get(leg);
  if (room === undefined || known === undefined) return unchanged(members);
  const row = refreshed(known.row, context);
  if (sameParticipant(row, known.row)) return unchanged(members);
  return {
    members: withMember(members, room, { ...known, row }),
    facts: [{ kind: 'participant-updated', room: room.life.room, participant: row }],
    doubted: false,
  };
}

function refreshed(row: Participant, context: Context): Participant {
  const { state, muted, deaf, held, talking, volume, joinedAtMs, codec } = row;
  const who = context.whoIs(row.id) ?? row;
  const own = ownPart(row.id, who, { muted, before: row, context });
  const kept = { state, muted, deaf, held, talking, volume, joinedAtMs };
  return { ...own, ...kept, ...(codec !== undefined && { codec }) };
}

export function inOrder(members: Members, steps: readonly ((now: Members) => Change)[]): Change {
  const facts: RoomEvent[] = [];
  let now = members;
  for (const step of steps) {
    const change = step(now);
    now = change.members;
    facts.push(...change.facts);
  }
  return { members: now, facts, doubted: false };
}

export function unchanged(members: Members): Change {
  return { members, facts: [], doubted: false };
}
