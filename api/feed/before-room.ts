import type { RoomEvent } from '../../protocol/room/event.ts';
import type { Note, RoomSnapshot, Waiting } from '../../protocol/room/feed.ts';
import type { Participant, Room } from '../../protocol/room/room.ts';
import { lobbyQueue, rowsOf } from '../../protocol/room/rows.ts';

/** Who of a meeting's people is where, by their person ids. */
export interface Standings {
  /** Those of whom any leg is inside. */
  readonly inside: ReadonlySet<string>;
  /** Those who wait to be let in, by their places: 1 is next. */
  readonly places: ReadonlyMap<string, number>;
  readonly moderatorInside: boolean;
}

export function standingsOf(room: Pick<Room, 'people'> | undefined): Standings {
  if (room === undefined) return NOBODY;
  const joined = [...room.people.values()].filter(({ state }) => state === 'joined');
  return {
    inside: new Set(joined.flatMap(({ personId }) => personId ?? [])),
    places: placesIn(room),
    moderatorInside: rowsOf(room).some(
      ({ role, state }) => role === 'moderator' && state === 'joined',
    ),
  };
}

/** Whether who stands where may be another after it: most facts are about voices. */
export function moves(note: Note, before: Room | undefined): boolean {
  if (note.kind !== 'event') return note.kind === 'room-restated';
  const { event } = note;
  if (event.kind !== 'participant-updated')
    return event.kind === 'participant-left' || event.kind === 'room-closed';
  const { participant } = event;
  const was = before?.people.get(participant.id);
  return was === undefined || MOVING.some((field) => was[field] !== participant[field]);
}

/** How it stands for somebody who is not inside. */
export function waitingOf({ places, moderatorInside }: Standings, personId: string): Waiting {
  const place = places.get(personId);
  return { ...(place !== undefined && { place }), moderatorInside };
}

/** A room as somebody may know it before they are let in: without the others. */
export function ownPart(room: RoomSnapshot, personId: string): RoomSnapshot {
  return {
    ...room,
    people: room.people.filter((person) => person.personId === personId),
    calls: room.calls.filter((call) => call.personId === personId),
  };
}

/** Whether a fact is about the room itself or about somebody's own leg; `before`: as the room was. */
export function isForThem(event: RoomEvent, before: Room | undefined, personId: string): boolean {
  switch (event.kind) {
    case 'participant-updated':
      return event.participant.personId === personId;
    case 'participant-left':
      return before?.people.get(event.id)?.personId === personId;
    case 'call-updated':
      return event.call.personId === personId;
    case 'call-forgotten':
      return before?.calls.get(event.id)?.personId === personId;
    default:
      return true;
  }
}

const NOBODY: Standings = { inside: new Set(), places: new Map(), moderatorInside: false };
const MOVING = ['state', 'role', 'personId', 'audioBy', 'joinedAtMs'] as const;

function placesIn(room: Pick<Room, 'people'>): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  lobbyQueue(room).forEach(({ personId }: Participant, at) => {
    if (personId !== undefined && !places.has(personId)) places.set(personId, at + 1);
  });
  return places;
}
