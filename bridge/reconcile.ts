import type { RoomId } from '../protocol/room/room.ts';
import { closeRoom, dropMember, inOrder, openRoom, see, unchanged, updateRoom } from './changes.ts';
import type { Seeing } from './changes.ts';
import { roomOf } from './members.ts';
import type { Change, Context, Members } from './members.ts';
import type { RoomListed } from './sighting.ts';

/**
 * Makes a room what its list shows. What an event told after the list was asked for (`askedAt`,
 * in ticks) is newer than the list and stays.
 */
export function reconcile(
  members: Members,
  listed: RoomListed,
  askedAt: number,
  context: Context,
): Change {
  const { life } = listed;
  // Ended while the list was under way.
  if ((members.over.get(life.conference) ?? -1) > askedAt) return unchanged(members);
  const steps: ((now: Members) => Change)[] = [];
  const known = members.rooms.get(life.room);
  const replaced = known !== undefined && known.life.conference !== life.conference;
  if (replaced) steps.push((now) => closeRoom(now, known, context));
  if (known === undefined || replaced)
    steps.push((now) => openRoom(now, life, context.nowMs - listed.ageMs));
  steps.push((now) => dropMissing(now, listed, askedAt, context));
  if (known === undefined || known.tick <= askedAt)
    steps.push((now) => {
      const { locked, recording } = listed;
      return updateRoom(now, roomOf(now, life.room), undefined, { locked, recording });
    });
  // json_list has the newest first.
  for (const { joinedAgoMs, ...member } of listed.members.toReversed())
    steps.push((now) => seeListed(now, life.room, { member, joinedAgoMs, askedAt }, context));
  return inOrder(members, steps);
}

/** FreeSWITCH has no such room. Unless an event showed it after we asked, it is over. */
export function reconcileClosed(
  members: Members,
  room: RoomId,
  askedAt: number,
  context: Context,
): Change {
  const known = members.rooms.get(room);
  if (known === undefined || known.tick > askedAt) return unchanged(members);
  return closeRoom(members, known, context);
}

function seeListed(
  members: Members,
  id: RoomId,
  seen: Omit<Seeing, 'at'> & { readonly askedAt: number },
  context: Context,
): Change {
  const room = roomOf(members, id);
  const known = room.members.get(seen.member.leg);
  if (known !== undefined && known.tick > seen.askedAt) return unchanged(members);
  const leaving = members.left.get(seen.member.leg);
  if (leaving !== undefined && leaving.tick > seen.askedAt) return unchanged(members);
  return see(members, room, { ...seen, at: known?.at ?? leaving?.at ?? 0 }, context);
}

function dropMissing(
  members: Members,
  listed: RoomListed,
  askedAt: number,
  context: Context,
): Change {
  const { room: id } = listed.life;
  const present = new Set(listed.members.map((member) => member.leg));
  const missing = [...roomOf(members, id).members].filter(
    ([leg, member]) => !present.has(leg) && member.tick <= askedAt,
  );
  return inOrder(
    members,
    missing.map(
      ([leg, { at }]) =>
        (now) =>
          dropMember(now, roomOf(now, id), leg, { at, context }),
    ),
  );
}
