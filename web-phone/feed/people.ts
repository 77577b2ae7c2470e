import type { Participant, Room } from '../../protocol/room/room.ts';

/** Everybody in the room: ourselves first, then moderators, then by time of arrival. */
export function inOrder(room: Room | undefined, ownPersonId?: string): readonly Participant[] {
  const rank = (person: Participant) =>
    isOwn(person, ownPersonId) ? 0 : person.role === 'moderator' ? 1 : 2;
  return [...(room?.people.values() ?? [])].sort(
    (a, b) => rank(a) - rank(b) || a.joinedAtMs - b.joinedAtMs || compare(a.id, b.id),
  );
}

/** Our own row: the latest of our legs, as an earlier one may linger after a lost connection. */
export function ownRow(room: Room | undefined, personId: string): Participant | undefined {
  return [...(room?.people.values() ?? [])]
    .filter((person) => person.personId === personId && person.via === 'browser')
    .sort((a, b) => b.joinedAtMs - a.joinedAtMs)[0];
}

function isOwn(person: Participant, personId?: string): boolean {
  return personId !== undefined && person.personId === personId;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
