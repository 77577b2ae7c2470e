import { describe, expect, test } from 'vitest';
import { formatFeedMessage, parseFeedMessage } from '../../../protocol/room/feed.ts';
import type { FeedMessage } from '../../../protocol/room/feed.ts';
import type { ParticipantId, RoomId } from '../../../protocol/room/room.ts';

const room = 'm-aaaaaaaaaaaaaaaa' as RoomId;
const id = '00000000-0000-4000-8000-000000000001' as ParticipantId;
const participant = {
  id,
  name: 'Ada',
  number: '',
  via: 'browser',
  role: 'moderator',
  state: 'joined',
  muted: true,
  deaf: false,
  held: false,
  talking: false,
  hand: false,
  volume: { in: -4, out: 4 },
  joinedAtMs: 7,
  personId: 'p-1',
} as const;
const meeting = {
  id: room,
  name: 'Stand-up',
  state: 'open',
  muteOnEntry: false,
  lobby: false,
  waitForModerator: false,
  unmuteSelf: true,
  unmuteOthers: 'ask',
  askName: false,
  entrySounds: 'tones',
  entrySoundsUpTo: 12,
  language: 'en',
  record: false,
  callMe: false,
  earlyEntryMinutes: 0,
  endWithoutModeratorMinutes: 0,
  endWhenSilentMinutes: 0,
  endWhenEmptyMinutes: 0,
  maxMinutes: 0,
  durationMinutes: 30,
  timeZone: 'Europe/Berlin',
  recurrence: 'FREQ=DAILY',
  next: { at: 'x', startsAt: 'x', endsAt: 'y', moved: true },
  maxParticipants: 20,
  createdAt: '2026-01-01T00:00:00Z',
  codes: { join: '1', moderator: '2' },
  joinUrl: 'https://x/j',
  moderatorUrl: 'https://x/m',
  dialIn: [{ label: 'Access', number: '7000', uri: 'sip:7000@x' }],
  participants: 1,
} as const;
const snapshot = {
  id: room,
  locked: false,
  recording: false,
  openedAtMs: 1,
  calls: [],
  people: [participant],
};

const messages: FeedMessage[] = [
  { kind: 'snapshot', seq: 0, rooms: [snapshot], meetings: [meeting] },
  { kind: 'event', seq: 1, event: { kind: 'room-opened', room, openedAtMs: 3 } },
  { kind: 'event', seq: 2, event: { kind: 'room-updated', room, locked: true, recording: false } },
  { kind: 'event', seq: 3, event: { kind: 'room-closed', room } },
  { kind: 'event', seq: 3, event: { kind: 'room-ends', room, end: { atMs: 9, why: 'time' } } },
  { kind: 'event', seq: 3, event: { kind: 'room-ends', room } },
  { kind: 'event', seq: 4, event: { kind: 'participant-updated', room, participant } },
  { kind: 'event', seq: 5, event: { kind: 'participant-left', room, id, reason: 'removed' } },
  { kind: 'meeting-updated', seq: 6, meeting },
  { kind: 'meeting-removed', seq: 7, id: room },
  { kind: 'alarms-updated', seq: 8 },
];

describe('a feed message', () => {
  test.each(messages)('of kind $kind ($seq) is read as it was written', (message) => {
    expect(parseFeedMessage(formatFeedMessage(message))).toEqual(message);
  });

  test('keeps fields that a newer server added', () => {
    const newer = { kind: 'meeting-updated', seq: 1, meeting: { ...meeting, colour: 'red' } };
    expect(parseFeedMessage(JSON.stringify(newer))).toEqual(newer);
  });

  test.each(messages)('of kind $kind ($seq) is refused with any of its fields wrong', (message) => {
    for (const [path, broken] of breakEach(message))
      expect(parseFeedMessage(JSON.stringify(broken)), path).toBeUndefined();
  });

  test.each(['', 'null', '[]', '1', '{}', '{"kind":"__proto__"}', '{"kind":"event"', '"event"'])(
    'is not %j',
    (text) => {
      expect(parseFeedMessage(text)).toBeUndefined();
    },
  );
});

/** The value with each of its leaves, one at a time, replaced by what it cannot be. */
function breakEach(value: unknown, path = ''): [string, unknown][] {
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      breakEach(item, `${path}[${index}]`).map(([at, broken]): [string, unknown] => [
        at,
        value.with(index, broken),
      ]),
    );
  if (typeof value !== 'object' || value === null) return [[path, { not: 'this' }]];
  return Object.entries(value).flatMap(([name, item]) =>
    breakEach(item, `${path}.${name}`).map(([at, broken]): [string, unknown] => [
      at,
      { ...value, [name]: broken },
    ]),
  );
}
