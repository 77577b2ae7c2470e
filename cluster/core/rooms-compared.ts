import type { LeaveReason, RoomEvent } from '../../protocol/room/event.ts';
import type { Room, Rooms } from '../../protocol/room/room.ts';

/** Both, where the same room is in both with all who are in either; the second knows better. */
export function together(first: Rooms, second: Rooms): Rooms {
  if (first.size === 0) return second;
  const all = new Map(first);
  for (const room of second.values()) {
    const before = all.get(room.id);
    if (before === undefined) all.set(room.id, room);
    else
      all.set(room.id, {
        ...room,
        people: new Map([...before.people, ...room.people]),
        calls: new Map([...before.calls, ...room.calls]),
      });
  }
  return all;
}

/** The facts that end what is in `before` and not in `now`. Nobody heard why people left. */
export function missingFrom(
  before: Rooms,
  now: Rooms,
  reason: LeaveReason = 'hung-up',
): readonly RoomEvent[] {
  return [...before.values()].flatMap((room) => missingIn(room, now.get(room.id), reason));
}

function missingIn(before: Room, now: Room | undefined, reason: LeaveReason): readonly RoomEvent[] {
  const room = before.id;
  const left = [...before.people.keys()].filter((id) => now?.people.has(id) !== true);
  const forgotten = [...before.calls.keys()].filter((id) => now?.calls.has(id) !== true);
  return [
    ...left.map((id) => ({ kind: 'participant-left' as const, room, id, reason })),
    ...forgotten.map((id) => ({ kind: 'call-forgotten' as const, room, id })),
    ...(now === undefined ? [{ kind: 'room-closed' as const, room }] : []),
  ];
}

/** The facts that make this room. */
export function factsOf(of: Room): RoomEvent[] {
  const { id: room, openedAtMs, locked, recording, end, people, calls } = of;
  return [
    { kind: 'room-opened', room, openedAtMs },
    { kind: 'room-updated', room, locked, recording },
    { kind: 'room-ends', room, ...(end && { end }) },
    ...[...people.values()].map((participant) => ({
      kind: 'participant-updated' as const,
      ...{ room, participant },
    })),
    ...[...calls.values()].map((call) => ({ kind: 'call-updated' as const, room, call })),
  ];
}
