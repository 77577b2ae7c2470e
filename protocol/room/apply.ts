import { unreachable } from '../unreachable.ts';
import type { RoomEvent } from './event.ts';
import type { OutboundCall } from './outbound-call.ts';
import type { Participant, ParticipantId, Room, RoomEnd, RoomId, Rooms } from './room.ts';

/**
 * The next rooms after one fact. Applying the same fact twice changes nothing; where nothing
 * changes the very same object comes back, so that `===` tells.
 */
export function apply(rooms: Rooms, event: RoomEvent): Rooms {
  switch (event.kind) {
    case 'room-opened':
      return opened(rooms, event.room, event.openedAtMs);
    case 'participant-updated':
      return updated(rooms, event.room, event.participant);
    case 'call-updated':
      return called(rooms, event.room, event.call);
    default: {
      const room = rooms.get(event.room);
      return room ? changed(rooms, room, event) : rooms;
    }
  }
}

/** Facts that mean nothing where the room is not known. */
type ChangeOfKnown = Exclude<
  RoomEvent,
  { kind: 'room-opened' | 'participant-updated' | 'call-updated' }
>;

function changed(rooms: Rooms, room: Room, event: ChangeOfKnown): Rooms {
  switch (event.kind) {
    case 'room-updated':
      if (room.locked === event.locked && room.recording === event.recording) return rooms;
      return withRoom(rooms, { ...room, locked: event.locked, recording: event.recording });
    case 'room-ends':
      return ending(rooms, room, event.end);
    case 'room-closed':
      return withoutRoom(rooms, event.room);
    case 'participant-left':
      return room.people.has(event.id) ? withoutPerson(rooms, room, event.id) : rooms;
    case 'call-forgotten':
      return room.calls.has(event.id) ? withoutCall(rooms, room, event.id) : rooms;
    default:
      return unreachable(event);
  }
}

function ending(rooms: Rooms, { end: before, ...room }: Room, end: RoomEnd | undefined): Rooms {
  if (before?.atMs === end?.atMs && before?.why === end?.why) return rooms;
  return withRoom(rooms, { ...room, ...(end !== undefined && { end }) });
}

function opened(rooms: Rooms, id: RoomId, openedAtMs: number): Rooms {
  const room = rooms.get(id);
  if (room?.openedAtMs === openedAtMs) return rooms;
  return withRoom(rooms, { ...(room ?? emptyRoom(id, openedAtMs)), openedAtMs });
}

/** A person in a room that we never saw open proves that it is open. */
function updated(rooms: Rooms, id: RoomId, person: Participant): Rooms {
  const room = rooms.get(id) ?? emptyRoom(id, person.joinedAtMs);
  const before = room.people.get(person.id);
  if (before && sameParticipant(before, person)) return rooms;
  return withRoom(rooms, { ...room, people: new Map(room.people).set(person.id, person) });
}

function withoutPerson(rooms: Rooms, room: Room, id: ParticipantId): Rooms {
  const people = new Map(room.people);
  people.delete(id);
  return withRoom(rooms, { ...room, people });
}

/** A call proves, as a person does, that the room is there. */
function called(rooms: Rooms, id: RoomId, call: OutboundCall): Rooms {
  const room = rooms.get(id) ?? emptyRoom(id, call.startedAtMs);
  const before = room.calls.get(call.id);
  if (before && sameFields(before, call)) return rooms;
  return withRoom(rooms, { ...room, calls: new Map(room.calls).set(call.id, call) });
}

function withoutCall(rooms: Rooms, room: Room, id: ParticipantId): Rooms {
  const calls = new Map(room.calls);
  calls.delete(id);
  return withRoom(rooms, { ...room, calls });
}

function withoutRoom(rooms: Rooms, id: RoomId): Rooms {
  const rest = new Map(rooms);
  rest.delete(id);
  return rest;
}

function withRoom(rooms: Rooms, room: Room): Rooms {
  return new Map(rooms).set(room.id, room);
}

function emptyRoom(id: RoomId, openedAtMs: number): Room {
  return { id, locked: false, recording: false, openedAtMs, people: new Map(), calls: new Map() };
}

/** Whether two rows say the same. */
export function sameParticipant(a: Participant, b: Participant): boolean {
  const { volume: volumeA, quality: qualityA = {}, unheard: unheardA = [], ...restA } = a;
  const { volume: volumeB, quality: qualityB = {}, unheard: unheardB = [], ...restB } = b;
  return (
    sameFields(restA, restB) &&
    sameFields(volumeA, volumeB) &&
    sameFields(qualityA, qualityB) &&
    sameFields(unheardA, unheardB)
  );
}

function sameFields<T extends object>(a: T, b: T): boolean {
  const names = Object.keys({ ...a, ...b }) as (keyof T)[];
  return names.every((name) => a[name] === b[name]);
}
