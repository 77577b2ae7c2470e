import type { RoomEvent } from '../../protocol/room/event.ts';
import type { RoomSnapshot } from '../../protocol/room/feed.ts';
import type { Participant } from '../../protocol/room/room.ts';

/** A row as another participant may see it: no phone number, and no key to who somebody is but one's own. */
export function forPerson(participant: Participant, ownPersonId: string): Participant {
  const { personId, ...rest } = participant;
  const own = personId === ownPersonId ? { personId } : {};
  return { ...rest, number: '', ...own };
}

export function eventForPerson(event: RoomEvent, ownPersonId: string): RoomEvent {
  if (event.kind !== 'participant-updated') return event;
  return { ...event, participant: forPerson(event.participant, ownPersonId) };
}

export function snapshotForPerson(room: RoomSnapshot, ownPersonId: string): RoomSnapshot {
  return { ...room, people: room.people.map((person) => forPerson(person, ownPersonId)) };
}
