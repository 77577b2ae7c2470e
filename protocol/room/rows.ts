import type { Participant, ParticipantId, Room } from './room.ts';

/**
 * One row a person, as every list shows it: a leg whose sound another leg carries is not a row of
 * its own. Commands about a row go to its `id`, the leg that speaks.
 */
export function rowsOf(room: Pick<Room, 'people'>): readonly Participant[] {
  const { people } = room;
  return [...people.values()].filter((person) => !isCarried(person, people));
}

/** The row in which a leg is shown: its own, or that of the leg which speaks for it. */
export function rowWith(room: Pick<Room, 'people'>, leg: ParticipantId): Participant | undefined {
  const person = room.people.get(leg);
  if (person?.audioBy === undefined) return person;
  return room.people.get(person.audioBy) ?? person;
}

/** How many people are inside: not those in the lobby, and everybody once. */
export function peopleInside(room: Pick<Room, 'people'> | undefined): number {
  return room === undefined ? 0 : rowsOf(room).filter(({ state }) => state === 'joined').length;
}

/** Raised hands, the first to go up first. */
export function handQueue(room: Pick<Room, 'people'>): readonly Participant[] {
  return rowsOf(room)
    .filter((person) => person.hand)
    .sort((a, b) => (a.handAtMs ?? 0) - (b.handAtMs ?? 0));
}

/** Those who wait to be let in, the first to come first. */
export function lobbyQueue(room: Pick<Room, 'people'>): readonly Participant[] {
  return rowsOf(room)
    .filter((person) => person.state === 'lobby')
    .sort((a, b) => a.joinedAtMs - b.joinedAtMs);
}

function isCarried({ audioBy }: Participant, people: Room['people']): boolean {
  return audioBy !== undefined && people.has(audioBy);
}
