import type { RoomSnapshot } from './feed.ts';
import type { Room, Rooms } from './room.ts';

/** A room as JSON carries it: its people and calls as lists, in the order they joined the maps. */
export function toSnapshot(room: Room): RoomSnapshot {
  return { ...room, people: [...room.people.values()], calls: [...room.calls.values()] };
}

/** The rooms that a list of snapshots tells of. */
export function fromSnapshots(list: readonly RoomSnapshot[]): Rooms {
  return new Map(list.map((snapshot) => [snapshot.id, fromSnapshot(snapshot)]));
}

/** The next rooms once one of them was told anew. */
export function restated(rooms: Rooms, snapshot: RoomSnapshot): Rooms {
  return new Map(rooms).set(snapshot.id, fromSnapshot(snapshot));
}

function fromSnapshot(snapshot: RoomSnapshot): Room {
  return {
    ...snapshot,
    people: new Map(snapshot.people.map((person) => [person.id, person])),
    calls: new Map(snapshot.calls.map((call) => [call.id, call])),
  };
}
