import { expect, test } from 'vitest';
import {
  NOTHING_SEEN,
  translate,
  withoutTalking,
} from '../../../../meetings/rules/webhooks/translate.ts';
import type { Seen } from '../../../../meetings/rules/webhooks/translate.ts';
import type { MeetingView } from '../../../../protocol/http/views.ts';
import type { RoomEvent } from '../../../../protocol/room/event.ts';
import type { Note } from '../../../../protocol/room/feed.ts';
import type { Participant, ParticipantId, RoomId } from '../../../../protocol/room/room.ts';

const room = 'm-aaaaaaaaaaaaaaaa' as RoomId;
const START_MS = Date.UTC(2026, 10, 22, 12);

const ada: Participant = {
  id: '00000000-0000-4000-8000-000000000001' as ParticipantId,
  name: 'Ada',
  number: '+49…1234',
  via: 'phone',
  role: 'participant',
  state: 'joined',
  muted: false,
  deaf: false,
  held: false,
  talking: false,
  hand: false,
  volume: { in: 0, out: 0 },
  joinedAtMs: START_MS,
};
const fact = (event: RoomEvent): Note => ({ kind: 'event', event });
const person = (more: Partial<Participant> = {}): Note =>
  fact({ kind: 'participant-updated', room, participant: { ...ada, ...more } });

/** What is told of each note after those before. */
function told(...notes: readonly Note[]): readonly (readonly string[])[] {
  let seen: Seen = NOTHING_SEEN;
  return notes.map((note) => {
    const result = translate(seen, note, START_MS);
    seen = result.seen;
    return result.told.map(({ type }) => type);
  });
}

const OPENED = fact({ kind: 'room-opened', room, openedAtMs: START_MS });
const CLOSED = fact({ kind: 'room-closed', room });
const standing = (locked: boolean, recording: boolean): Note =>
  fact({ kind: 'room-updated', room, locked, recording });
const left: Note = fact({ kind: 'participant-left', room, id: ada.id, reason: 'removed' });

test.each<[string, readonly Note[], readonly (readonly string[])[]]>([
  [
    'the first who comes starts a meeting',
    [OPENED, person()],
    [['meeting.started'], ['participant.joined']],
  ],
  [
    'somebody in a room that nobody saw open',
    [person()],
    [['meeting.started', 'participant.joined']],
  ],
  [
    'a fact that comes twice is told once',
    [OPENED, person(), person()],
    [['meeting.started'], ['participant.joined'], []],
  ],
  [
    'who waits, and is let in',
    [OPENED, person({ state: 'lobby' }), person()],
    [['meeting.started'], ['participant.waiting'], ['participant.joined']],
  ],
  [
    'a mute, with who did it, is one event',
    [OPENED, person(), person({ muted: true, mutedBy: 'moderator' })],
    [['meeting.started'], ['participant.joined'], ['participant.muted']],
  ],
  [
    'muted and a hand up at once are two',
    [OPENED, person(), person({ muted: true, hand: true, handAtMs: 1 })],
    [['meeting.started'], ['participant.joined'], ['participant.muted', 'participant.hand_raised']],
  ],
  [
    'a new name',
    [OPENED, person(), person({ name: 'Ada L.' })],
    [['meeting.started'], ['participant.joined'], ['participant.updated']],
  ],
  [
    'another volume',
    [OPENED, person(), person({ volume: { in: 1, out: 0 } })],
    [['meeting.started'], ['participant.joined'], ['participant.updated']],
  ],
  [
    'talking',
    [OPENED, person(), person({ talking: true }), person()],
    [['meeting.started'], ['participant.joined'], ['participant.talking'], ['participant.silent']],
  ],
  [
    'how well a leg is received is told to nobody',
    [OPENED, person(), person({ quality: {} as never })],
    [['meeting.started'], ['participant.joined'], []],
  ],
  [
    'locking and recording',
    [OPENED, standing(true, false), standing(true, true), standing(false, false)],
    [
      ['meeting.started'],
      ['meeting.locked'],
      ['recording.started'],
      ['recording.stopped', 'meeting.unlocked'],
    ],
  ],
  [
    'the last leaves, and the room closes',
    [OPENED, person(), left, CLOSED],
    [['meeting.started'], ['participant.joined'], ['participant.left'], ['meeting.emptied']],
  ],
  [
    'a room that closes with people in it',
    [OPENED, person(), standing(false, true), CLOSED],
    [
      ['meeting.started'],
      ['participant.joined'],
      ['recording.started'],
      ['recording.stopped', 'participant.left', 'meeting.emptied'],
    ],
  ],
  ['somebody leaves who was never there', [OPENED, left], [['meeting.started'], []]],
  ['alarms', [{ kind: 'alarms-updated' }], [['alarms.updated']]],
])('%s', (_name, notes, types) => {
  expect(told(...notes)).toEqual(types);
});

test('why somebody left is told, and what they were', () => {
  const { seen } = translate(NOTHING_SEEN, person(), START_MS);
  const { told: events } = translate(seen, left, START_MS);
  expect(events).toMatchObject([
    { type: 'participant.left', data: { reason: 'removed', participant: { name: 'Ada' } } },
  ]);
});

const view = (more: Partial<MeetingView> = {}): Note => ({
  kind: 'meeting-updated',
  meeting: {
    id: room,
    name: 'Board',
    state: 'open',
    createdAt: new Date(START_MS).toISOString(),
    codes: { join: '1234567890', moderator: '0987654321' },
    joinUrl: 'https://meet.example.org/join/secret',
    moderatorUrl: 'https://meet.example.org/join/secret',
    participants: 0,
    ...more,
  } as MeetingView,
});

test('a new meeting, its change and its end; how many are in it is no change', () => {
  const ended = view({ name: 'Council', state: 'ended' });
  expect(told(view(), view({ participants: 3 }), view({ name: 'Council' }), ended)).toEqual([
    ['meeting.created'],
    [],
    ['meeting.updated'],
    ['meeting.ended'],
  ]);
});

test('a meeting that is older than the webhook is not told as new', () => {
  const { told: events } = translate(NOTHING_SEEN, view(), START_MS + 3_600_000);
  expect(events.map(({ type }) => type)).toEqual(['meeting.updated']);
});

test('no code and no link to join gets out', () => {
  const { seen, told: events } = translate(NOTHING_SEEN, view(), START_MS);
  for (const secret of ['1234567890', '0987654321', 'secret'])
    expect(JSON.stringify([seen, events])).not.toContain(secret);
});

test('a meeting that is deleted ends with whoever was in it', () => {
  expect(told(person(), { kind: 'meeting-removed', id: room })[1]).toEqual([
    'participant.left',
    'meeting.emptied',
    'meeting.deleted',
  ]);
});

test('where nobody asked for it, talking changes nothing', () => {
  const { seen } = translate(NOTHING_SEEN, person(), START_MS);
  const result = translate(seen, withoutTalking(person({ talking: true })), START_MS);
  expect(result.told).toEqual([]);
  expect(result.seen).toBe(seen);
});
