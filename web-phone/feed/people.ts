import type { Participant, Room, RoomId, Rooms } from '../../protocol/room/room.ts';
import { lobbyQueue, rowsOf, rowWith } from '../../protocol/room/rows.ts';

/** Everybody inside, one row each: ourselves first, then moderators, then by time of arrival. */
export function inOrder(room: Room | undefined, ownPersonId?: string): readonly Participant[] {
  const rank = (person: Participant) =>
    isOwn(person, ownPersonId) ? 0 : person.role === 'moderator' ? 1 : 2;
  return inside(room).toSorted(
    (a, b) => rank(a) - rank(b) || a.joinedAtMs - b.joinedAtMs || compare(a.id, b.id),
  );
}

/** Our own leg: the latest of our browser's, as an earlier one may linger after a lost connection. */
export function ownLeg(room: Room | undefined, personId: string): Participant | undefined {
  return [...(room?.people.values() ?? [])]
    .filter((person) => person.personId === personId && person.via === 'browser')
    .sort((a, b) => b.joinedAtMs - a.joinedAtMs)[0];
}

/** Which of a meeting's rooms we are in: where our leg came last, and the meeting's own while it is in none. */
export function ownRoom(rooms: Rooms, meeting: RoomId, personId: string): Room | undefined {
  const since = (room: Room) => ownLeg(room, personId)?.joinedAtMs ?? -1;
  const [latest] = [...rooms.values()].sort((a, b) => since(b) - since(a));
  return latest !== undefined && since(latest) >= 0 ? latest : rooms.get(meeting);
}

/** Our own row: our leg, or our phone's where that carries our sound. Commands go to it. */
export function ownRow(room: Room | undefined, personId: string): Participant | undefined {
  const leg = ownLeg(room, personId);
  return room && leg && rowWith(room, leg.id);
}

/** Whether that row's phone carries the sound of somebody who is here in a browser as well. */
export function carriesBrowser(room: Room | undefined, row: Participant): boolean {
  return [...(room?.people.values() ?? [])].some(({ audioBy }) => audioBy === row.id);
}

/** Those who wait to be let in, the first to come first. */
export function lobbyOf(room: Room | undefined): readonly Participant[] {
  return room ? lobbyQueue(room) : [];
}

function inside(room: Room | undefined): readonly Participant[] {
  return room ? rowsOf(room).filter(({ state }) => state === 'joined') : [];
}

function isOwn(person: Participant, personId?: string): boolean {
  return personId !== undefined && person.personId === personId;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
