import { describe, expect, test } from 'vitest';
import type { MeetingView } from '../../../protocol/http/views.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { fromSnapshots } from '../../../protocol/room/snapshot.ts';
import {
  leftOutBefore,
  meetingGroups,
  talkersIn,
} from '../../../web-phone/console/meeting-list.ts';
import type { Order } from '../../../web-phone/console/meeting-list.ts';
import { meeting, person, ROOM } from '../support/people.ts';

const id = (n: number) => `m-${String(n).repeat(16)}` as RoomId;
const live = meeting({ id: ROOM, name: 'Monday round', createdAt: '2026-01-01T00:00:00Z' });
const open = meeting({ id: id(2), name: 'Café Zoë', createdAt: '2026-02-01T00:00:00Z' });
const createdAt = '2025-12-01T00:00:00Z';
const [later, sooner] = [
  meeting({
    createdAt,
    id: id(3),
    name: 'Later',
    state: 'planned',
    startsAt: '2026-12-02T09:00:00Z',
  }),
  meeting({
    createdAt,
    id: id(4),
    name: 'Series',
    state: 'planned',
    startsAt: '2026-01-05T09:00:00Z',
    next: { at: '', startsAt: '2026-12-01T09:00:00Z', endsAt: '' },
  }),
];
const over = meeting({ createdAt, id: id(5), name: 'Over', state: 'ended', extension: '42' });
const ALL = [over, open, later, live, sooner];

const rooms = fromSnapshots([
  {
    id: ROOM,
    locked: false,
    recording: false,
    openedAtMs: 0,
    calls: [],
    people: [
      person(1, { name: 'Ada', talking: true }),
      person(2, { name: 'Ben' }),
      person(3, { name: 'Cleo', talking: true }),
      person(4, { name: 'Dan', talking: true }),
    ],
  },
]);

function shown(typed: string, order: Order = 'usual', of: readonly MeetingView[] = ALL) {
  return meetingGroups(of, rooms, { typed, order }).map(({ name, meetings }) => [
    name,
    meetings.map((each) => each.name),
  ]);
}

describe('the list of meetings', () => {
  test('has those with people first, then by their next time, then the open, the ended last', () => {
    expect(shown('')).toEqual([
      ['now', ['Monday round']],
      ['next', ['Series', 'Later']],
      ['open', ['Café Zoë']],
      ['ended', ['Over']],
    ]);
  });

  test.each([
    ['cafe zoe', ['Café Zoë']],
    ['ROUND mon', ['Monday round']],
    ['42', ['Over']],
    ['nobody', []],
  ])('finds by words in any order, without accents: “%s”', (typed, names) => {
    expect(shown(typed).flatMap(([, found]) => found)).toEqual(names);
  });

  test('has a code found as it is read out, in groups', () => {
    const coded = meeting({
      id: id(6),
      name: 'Coded',
      codes: { join: '9035551177', moderator: '1' },
    });
    expect(shown('903 555', 'usual', [open, coded])).toEqual([['open', ['Coded']]]);
  });

  test.each([
    ['name', ['Café Zoë', 'Later', 'Monday round', 'Over', 'Series']],
    ['people', ['Monday round', 'Café Zoë', 'Later', 'Over', 'Series']],
    ['newest', ['Café Zoë', 'Monday round', 'Later', 'Over', 'Series']],
  ] as const)('in an order of one’s own is one list: %s', (order, names) => {
    expect(shown('', order)).toEqual([[undefined, names]]);
  });

  test('names the first two who talk', () => {
    expect(talkersIn(live, rooms)).toBe('Ada, Cleo');
    expect(talkersIn(open, rooms)).toBe('');
  });
});

test('of a series the times left out are told that would come before the next one', () => {
  const next = { at: '', startsAt: '2026-12-01T09:00:00.000Z', endsAt: '' };
  const [before, after] = ['2026-11-24T09:00:00.000Z', '2026-12-15T09:00:00.000Z'];
  expect(leftOutBefore(meeting({ next, leftOut: [before, after] }))).toEqual([before]);
  expect(leftOutBefore(meeting({ leftOut: [before] }))).toEqual([before]);
  expect(leftOutBefore(meeting({ next }))).toEqual([]);
});
