import type { RoomEvent } from '../../protocol/room/event.ts';
import type { FeedMessage, RoomSnapshot } from '../../protocol/room/feed.ts';
import type { Participant } from '../../protocol/room/room.ts';

/**
 * A row as another participant may see it: no phone number, and no key to who somebody is but one's
 * own. Without a person: as all others may see it.
 */
export function forPerson(participant: Participant, ownPersonId?: string): Participant {
  const { personId, ...rest } = participant;
  const own = personId !== undefined && personId === ownPersonId ? { personId } : {};
  return { ...rest, number: '', ...own };
}

/** What a participant may read of a message of the feed. */
export function narrowed(message: FeedMessage, ownPersonId?: string): FeedMessage {
  switch (message.kind) {
    case 'event':
      return { ...message, event: eventForPerson(message.event, ownPersonId) };
    case 'snapshot': {
      const rooms = message.rooms.map((room) => snapshotForPerson(room, ownPersonId));
      return { ...message, rooms, meetings: [] };
    }
    case 'meeting-updated':
    case 'meeting-removed':
      return message;
  }
}

function eventForPerson(event: RoomEvent, ownPersonId?: string): RoomEvent {
  if (event.kind !== 'participant-updated') return event;
  return { ...event, participant: forPerson(event.participant, ownPersonId) };
}

function snapshotForPerson(room: RoomSnapshot, ownPersonId?: string): RoomSnapshot {
  return { ...room, people: room.people.map((person) => forPerson(person, ownPersonId)) };
}
