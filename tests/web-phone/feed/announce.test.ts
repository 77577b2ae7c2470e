import { expect, test } from 'vitest';
import type { RoomEvent } from '../../../protocol/room/event.ts';
import { fromSnapshots } from '../../../protocol/room/snapshot.ts';
import { announce, isToldTo } from '../../../web-phone/feed/announce.ts';
import { happenings } from '../../../web-phone/words/en/happenings.ts';
import {
  carriesBrowser,
  inOrder,
  lobbyOf,
  ownLeg,
  ownRow,
} from '../../../web-phone/feed/people.ts';
import { legId, person, ROOM } from '../support/people.ts';

const ada = person(1, { name: 'Ada' });
const tim = person(8, { name: 'Tim', state: 'lobby' });
const before = fromSnapshots([
  { id: ROOM, locked: false, recording: false, openedAtMs: 0, calls: [], people: [ada, tim] },
]);

function updated(part: Parameters<typeof person>[1], number = 1): RoomEvent {
  return { kind: 'participant-updated', room: ROOM, participant: person(number, part) };
}

const cases: readonly [event: RoomEvent, sentence: string | undefined][] = [
  [updated({ name: 'Grace' }, 2), 'Grace joined.'],
  [updated({ name: 'Grace', muted: true }, 2), 'Grace joined, muted.'],
  [updated({ name: 'Ada', muted: true }), 'Ada is muted.'],
  [updated({ name: 'Ada', hand: true }), 'Ada raised a hand.'],
  [updated({ name: 'Ada', held: true }), 'Ada is on hold.'],
  [updated({ name: 'Ada', wantsHelp: true }), 'Ada asks for help.'],
  [updated({ name: 'Countess' }), 'Ada is now called Countess.'],
  [updated({ name: 'Ada', muted: true, audioBy: legId(9) }), undefined],
  [updated({ name: 'Grace', state: 'lobby' }, 2), 'Grace waits to be let in.'],
  [updated({ name: 'Tim' }, 8), 'Tim joined.'],
  [updated({ name: 'Tim', state: 'lobby', hand: true }, 8), undefined],
  [updated({ name: 'Ada', talking: true }), undefined],
  [{ kind: 'participant-left', room: ROOM, id: legId(1), reason: 'removed' }, 'Ada was removed.'],
  [{ kind: 'participant-left', room: ROOM, id: legId(7), reason: 'hung-up' }, undefined],
  [{ kind: 'room-updated', room: ROOM, locked: true, recording: false }, 'The room is locked.'],
  [{ kind: 'room-updated', room: ROOM, locked: false, recording: true }, 'Recording started.'],
  [{ kind: 'room-updated', room: ROOM, locked: false, recording: false }, undefined],
];

for (const [event, sentence] of cases) {
  test(`a screen reader hears ${sentence ?? `nothing of ${event.kind}`}`, () => {
    expect(announce(event, before, happenings)).toBe(sentence);
  });
}

test.each([
  ['all', updated({ name: 'Grace' }, 2), true],
  ['mine', updated({ name: 'Grace' }, 2), false],
  ['mine', updated({ name: 'Ada', hand: true }), true],
  ['mine', updated({ name: 'Ada', wantsHelp: true }), true],
  ['mine', updated({ name: 'Ada', muted: true }), false],
  ['mine', updated({ name: 'Me', muted: true }, 5), true],
  ['none', updated({ name: 'Me', muted: true }, 5), false],
  ['none', updated({ name: 'Ada', hand: true }), false],
  ['none', { kind: 'room-updated', room: ROOM, locked: false, recording: true }, true],
] as const)('of what happens, who wants %s is told what they asked for: %o', (wants, event, is) => {
  expect(isToldTo({ told: wants, own: legId(5) }, event, before)).toBe(is);
});

test('oneself comes first, then moderators, then the others as they came', () => {
  const [room] = fromSnapshots([
    {
      id: ROOM,
      locked: false,
      recording: false,
      openedAtMs: 0,
      calls: [],
      people: [
        person(4),
        person(3, { personId: 'me', via: 'browser' }),
        person(2, { role: 'moderator' }),
        person(1),
      ],
    },
  ]).values();
  expect(inOrder(room, 'me').map(({ id }) => id)).toEqual([legId(3), legId(2), legId(1), legId(4)]);
});

test('one’s own leg is the newest of one’s browser, as an old one may linger', () => {
  const mine = { personId: 'me', via: 'browser' } as const;
  const people = [person(1, mine), person(2, mine), person(3, { personId: 'me' }), person(4)];
  const [room] = fromSnapshots([
    { id: ROOM, locked: false, recording: false, openedAtMs: 0, calls: [], people },
  ]).values();
  expect(ownLeg(room, 'me')?.id).toBe(legId(2));
  expect(ownRow(room, 'me')?.id).toBe(legId(2));
});

test('who speaks over a phone is one row, the phone’s, and it is theirs', () => {
  const people = [
    person(1, { personId: 'me', via: 'browser', audioBy: legId(2) }),
    person(2, { personId: 'me' }),
    person(3, { state: 'lobby' }),
  ];
  const [room] = fromSnapshots([
    { id: ROOM, locked: false, recording: false, openedAtMs: 0, calls: [], people },
  ]).values();
  expect(inOrder(room, 'me').map(({ id }) => id)).toEqual([legId(2)]);
  expect(ownRow(room, 'me')?.id).toBe(legId(2));
  expect(people.map((each) => carriesBrowser(room, each))).toEqual([false, true, false]);
  expect(lobbyOf(room).map(({ id }) => id)).toEqual([legId(3)]);
});
