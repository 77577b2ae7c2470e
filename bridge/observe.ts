import { unreachable } from '../protocol/unreachable.ts';
import { closeRoom, dropMember, openRoom, see, unchanged, updateRoom } from './changes.ts';
import { bury, remember, roomOf, withRoom } from './members.ts';
import type { Change, Context, Members, RoomState } from './members.ts';
import type { RoomLife, Sighting } from './sighting.ts';

export type RoomSighting = Extract<Sighting, { readonly life: RoomLife }>;

/** Takes one event in. Duplicates and events older than what is known change nothing. */
export function observe(before: Members, sighting: RoomSighting, context: Context): Change {
  const { life } = sighting;
  const members = { ...before, tick: before.tick + 1 };
  const current = members.rooms.get(life.room);
  if (members.over.has(life.conference)) return unchanged(before);
  if (sighting.kind === 'room-destroyed')
    return current?.life.conference === life.conference
      ? closeRoom(members, current, context)
      : unchanged(bury(members, life.conference));
  if (current !== undefined && current.life.conference !== life.conference)
    return succeed(members, current, sighting, context);
  if (current === undefined) return openedBy(members, sighting, context);
  return observeIn(members, current, sighting, context);
}

/**
 * A new life of a room under the old name: whoever was in the old one is gone. Only an opening or
 * a joining proves it; all else may come from an old life that is draining.
 */
function succeed(
  members: Members,
  old: RoomState,
  sighting: RoomSighting,
  context: Context,
): Change {
  const opens =
    sighting.kind === 'room-created' || (sighting.kind === 'member-seen' && sighting.joined);
  if (!opens || sighting.at < old.newest) return { ...unchanged(members), doubted: true };
  const closed = closeRoom(members, old, context);
  const next = observe(closed.members, sighting, context);
  return { ...next, facts: [...closed.facts, ...next.facts] };
}

/** Anything but a leave shows that a room is open, even if its opening was lost. */
function openedBy(members: Members, sighting: RoomSighting, context: Context): Change {
  if (sighting.kind === 'member-gone') return unchanged(members);
  const opened = openRoom(members, sighting.life, context.nowMs);
  const room = roomOf(opened.members, sighting.life.room);
  const next = observeIn(opened.members, room, sighting, context);
  return { ...next, facts: [...opened.facts, ...next.facts] };
}

function observeIn(
  before: Members,
  current: RoomState,
  sighting: RoomSighting,
  context: Context,
): Change {
  const room = { ...current, newest: Math.max(current.newest, sighting.at) };
  const members = withRoom(before, room);
  switch (sighting.kind) {
    case 'room-created':
    case 'room-destroyed':
      return unchanged(members);
    case 'lock-seen':
      return updateRoom(members, room, sighting.at, { locked: sighting.on });
    case 'recording-seen':
      return updateRoom(members, room, sighting.at, { recording: sighting.on });
    case 'member-seen':
      return memberSeen(members, room, sighting, context);
    case 'member-gone':
      return memberGone(members, room, sighting, context);
    default:
      return unreachable(sighting);
  }
}

function memberSeen(
  members: Members,
  room: RoomState,
  sighting: Extract<Sighting, { kind: 'member-seen' }>,
  context: Context,
): Change {
  const { leg } = sighting.member;
  const known = room.members.get(leg);
  const newest = Math.max(known?.at ?? 0, members.left.get(leg)?.at ?? 0);
  if (sighting.at <= newest) return unchanged(members);
  const seen = see(members, room, sighting, context);
  const size = roomOf(seen.members, room.life.room).members.size;
  const doubted = sighting.size !== undefined && sighting.size !== size;
  return { ...seen, doubted: doubted || (known === undefined && !sighting.joined) };
}

function memberGone(
  members: Members,
  room: RoomState,
  sighting: Extract<Sighting, { kind: 'member-gone' }>,
  context: Context,
): Change {
  const known = room.members.get(sighting.leg);
  if (known === undefined || sighting.at <= known.at)
    return unchanged(remember(members, sighting.leg, sighting.at));
  const gone = dropMember(members, room, sighting.leg, { at: sighting.at, context });
  const size = roomOf(gone.members, room.life.room).members.size;
  return { ...gone, doubted: sighting.size !== undefined && sighting.size !== size };
}
