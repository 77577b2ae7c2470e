import type { MeetingView } from '../../../protocol/http/views.ts';
import { apply } from '../../../protocol/room/apply.ts';
import type { RoomEvent } from '../../../protocol/room/event.ts';
import type { Note, RoomSnapshot } from '../../../protocol/room/feed.ts';
import type { Participant, Room } from '../../../protocol/room/room.ts';
import { fromSnapshots, toSnapshot } from '../../../protocol/room/snapshot.ts';
import { gistOf } from './gist.ts';
import type { MeetingGist } from './gist.ts';
import { peopleTold } from './people.ts';
import type { Told } from './people.ts';

/** How a meeting stood when the last note of it was translated; as JSON, for the store. */
export interface Seen {
  readonly room?: RoomSnapshot;
  readonly meeting?: MeetingGist;
}

export interface Translated {
  /** The very same object where nothing changed. */
  readonly seen: Seen;
  readonly told: readonly Told[];
}

export const NOTHING_SEEN: Seen = {};

/** A meeting that nobody heard of before and that is older was there all the time. */
const NEW_MS = 60_000;

/** What webhooks are told of one note of the feed about one meeting, and how it stands after. */
export function translate(seen: Seen, note: Note, atMs: number): Translated {
  switch (note.kind) {
    case 'event':
      return ofFact(seen, note.event);
    case 'room-restated':
      return restatedAs(seen, note.room);
    case 'meeting-updated':
      return ofMeeting(seen, note.meeting, atMs);
    case 'meeting-removed':
      return {
        seen: NOTHING_SEEN,
        told: [
          ...ofRoom(roomOf(seen), undefined, 'meeting-ended'),
          { type: 'meeting.deleted', data: { meeting: { id: note.id } } },
        ],
      };
    case 'breakouts-updated':
      return { seen, told: [] };
    case 'alarms-updated':
      return { seen, told: [{ type: 'alarms.updated', data: {} }] };
  }
}

function ofFact(seen: Seen, fact: RoomEvent): Translated {
  const before = roomOf(seen);
  const rooms = new Map(before && [[before.id, before]]);
  const after = apply(rooms, withoutNoise(fact)).get(fact.room);
  if (after === before) return { seen, told: [] };
  const reason = fact.kind === 'participant-left' ? fact.reason : undefined;
  return {
    seen: {
      ...(seen.meeting && { meeting: seen.meeting }),
      ...(after && { room: toSnapshot(after) }),
    },
    told: [...ofRoom(before, after, reason), ...ofCall(fact)],
  };
}

/** After a break: what changed unseen is told as if it happened now. */
function restatedAs(seen: Seen, room: RoomSnapshot): Translated {
  const after = roomOf({ room: { ...room, people: room.people.map(calm) } });
  return {
    seen: {
      ...(seen.meeting && { meeting: seen.meeting }),
      ...(after && { room: toSnapshot(after) }),
    },
    told: ofRoom(roomOf(seen), after, 'connection-lost'),
  };
}

function ofRoom(
  before: Room | undefined,
  after: Room | undefined,
  reason: Parameters<typeof peopleTold>[2],
): readonly Told[] {
  const told: Told[] = [];
  if (!before && after) told.push({ type: 'meeting.started', data: {} });
  const [was, is] = [before ?? CLOSED, after ?? CLOSED];
  if (was.recording !== is.recording)
    told.push({ type: is.recording ? 'recording.started' : 'recording.stopped', data: {} });
  if (was.locked !== is.locked && after)
    told.push({ type: is.locked ? 'meeting.locked' : 'meeting.unlocked', data: {} });
  told.push(...peopleTold(before, after, reason));
  if (before && !after) told.push({ type: 'meeting.emptied', data: {} });
  return told;
}

const CLOSED = { locked: false, recording: false } as const;

function ofCall(fact: RoomEvent): readonly Told[] {
  if (fact.kind !== 'call-updated') return [];
  const { startedAtMs, ...call } = fact.call;
  const startedAt = new Date(startedAtMs).toISOString();
  return [{ type: 'call.updated', data: { call: { ...call, startedAt } } }];
}

function ofMeeting(seen: Seen, view: MeetingView, atMs: number): Translated {
  const meeting = gistOf(view);
  const before = seen.meeting;
  if (before && JSON.stringify(before) === JSON.stringify(meeting)) return { seen, told: [] };
  const isNew = !before && atMs - Date.parse(meeting.createdAt) < NEW_MS;
  const hasEnded = meeting.state === 'ended' && before?.state !== 'ended';
  const type = hasEnded ? 'meeting.ended' : isNew ? 'meeting.created' : 'meeting.updated';
  return { seen: { ...seen, meeting }, told: [{ type, data: { meeting } }] };
}

/** How well a leg is received changes by the second, and nobody is told. */
function withoutNoise(fact: RoomEvent): RoomEvent {
  if (fact.kind !== 'participant-updated') return fact;
  return { ...fact, participant: calm(fact.participant) };
}

function calm(person: Participant): Participant {
  const fields = Object.entries(person).filter(([name]) => name !== 'quality');
  return Object.fromEntries(fields) as unknown as Participant;
}

function roomOf({ room }: Seen): Room | undefined {
  return room && fromSnapshots([room]).get(room.id);
}

/** A note without who talks, for when nobody asked to be told. */
export function withoutTalking(note: Note): Note {
  if (note.kind === 'room-restated')
    return { ...note, room: { ...note.room, people: note.room.people.map(silent) } };
  if (note.kind !== 'event' || note.event.kind !== 'participant-updated') return note;
  const { event } = note;
  return { ...note, event: { ...event, participant: silent(event.participant) } };
}

function silent(person: Participant): Participant {
  return { ...person, talking: false };
}
