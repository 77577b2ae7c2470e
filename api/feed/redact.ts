import { shortened } from '../../protocol/call/masked.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { FeedMessage, RoomSnapshot } from '../../protocol/room/feed.ts';
import type { OutboundCall } from '../../protocol/room/outbound-call.ts';
import type { Participant, Role } from '../../protocol/room/room.ts';
import { withoutWaysIn } from '../members.ts';

/** Who reads, in one meeting; without a person: as all others of that role may read it. */
export interface Reader {
  readonly role: Role | 'observer';
  readonly personId?: string | undefined;
}

/**
 * A row as a person in the meeting may see it: no key to who somebody is but one's own, and only to
 * moderators the device and as much of the number as the switch's side tells.
 */
export function forPerson<T extends Participant>(participant: T, reader: Reader): T {
  return redacted(participant, reader);
}

/** A call that the meeting makes, likewise. */
export function callForPerson(call: OutboundCall, reader: Reader): OutboundCall {
  return redacted(call, reader);
}

/** What a person in the meeting may read of a message of the feed. */
export function narrowed(message: FeedMessage, reader: Reader): FeedMessage {
  if (reader.role === 'observer') return observed(message);
  switch (message.kind) {
    case 'event':
      return { ...message, event: eventFor(message.event, reader) };
    case 'snapshot': {
      const rooms = message.rooms.map((room) => snapshotFor(room, reader));
      return { ...message, rooms, meetings: [] };
    }
    case 'room-restated':
      return { ...message, room: snapshotFor(message.room, reader) };
    case 'breakouts-updated':
    case 'waiting':
    case 'meeting-updated':
    case 'meeting-removed':
    case 'alarms-updated':
      return message;
  }
}

/** Observers see everything but the ways in. */
function observed(message: FeedMessage): FeedMessage {
  if (message.kind === 'snapshot')
    return { ...message, meetings: message.meetings.map(withoutWaysIn) };
  if (message.kind === 'meeting-updated')
    return { ...message, meeting: withoutWaysIn(message.meeting) };
  return message;
}

/** Whom a fact is about, where it is about a person. */
export function personIn(event: RoomEvent): string | undefined {
  if (event.kind === 'participant-updated') return event.participant.personId;
  return event.kind === 'call-updated' ? event.call.personId : undefined;
}

function eventFor(event: RoomEvent, reader: Reader): RoomEvent {
  if (event.kind === 'participant-updated')
    return { ...event, participant: forPerson(event.participant, reader) };
  if (event.kind === 'call-updated') return { ...event, call: callForPerson(event.call, reader) };
  return event;
}

function snapshotFor(room: RoomSnapshot, reader: Reader): RoomSnapshot {
  return {
    ...room,
    people: room.people.map((person) => forPerson(person, reader)),
    calls: room.calls.map((call) => callForPerson(call, reader)),
  };
}

interface Private {
  readonly number: string;
  readonly personId?: string;
  readonly unheard?: readonly string[];
  readonly device?: string;
}

function redacted<T extends Private>(whole: T, { role, personId }: Reader): T {
  const { personId: whose, unheard, device, ...rest } = whole;
  const moderates = role === 'moderator';
  const number = moderates ? whole.number : shortened(whole.number);
  const told = { ...rest, number, ...(moderates && device !== undefined && { device }) };
  if (whose === undefined || whose !== personId) return told as T;
  return { ...told, personId: whose, ...(unheard && { unheard }) } as T;
}
