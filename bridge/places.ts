import type { ParticipantId, RoomId } from '../protocol/room/room.ts';

/** Legs on their way into a room, who count as people in it. */
export type Places = ReadonlyMap<ParticipantId, RoomId>;

/** People in a room and on their way there, each once. */
export function taken(
  places: Places,
  room: RoomId,
  inside: ReadonlyMap<ParticipantId, unknown>,
): number {
  const coming = [...places].filter(([leg, to]) => to === room && !inside.has(leg));
  return inside.size + coming.length;
}

export function reserve(places: Places, leg: ParticipantId, room: RoomId): Places {
  return new Map(places).set(leg, room);
}

export function release(places: Places, leg: ParticipantId): Places {
  if (!places.has(leg)) return places;
  const rest = new Map(places);
  rest.delete(leg);
  return rest;
}
