import { describe, expect, test } from 'vitest';
import type { MeetingView } from '../../../protocol/http/views.ts';
import type { Participant } from '../../../protocol/room/room.ts';
import { fromSnapshots } from '../../../protocol/room/snapshot.ts';
import { toHttp } from '../../../web-phone/feed/to-http.ts';
import { giveUp, isFulfilled, keyOf, settle } from '../../../web-phone/feed/wish.ts';
import type { Facts, Wish } from '../../../web-phone/feed/wish.ts';
import { legId, meeting, person, ROOM } from '../support/people.ts';

function facts(
  people: readonly Participant[],
  view: MeetingView = meeting(),
  locked = false,
): Facts {
  const rooms = fromSnapshots([
    { id: ROOM, locked, recording: false, openedAtMs: 0, calls: [], people },
  ]);
  return { rooms, meetings: new Map([[ROOM, view]]) };
}

const nothing: Facts = { rooms: new Map(), meetings: new Map() };
const mute: Wish = { kind: 'set-muted', room: ROOM, id: legId(1), muted: true };

const cases: readonly { name: string; wish: Wish; before: Facts; after: Facts }[] = [
  {
    name: 'mute',
    wish: mute,
    before: facts([person(1)]),
    after: facts([person(1, { muted: true })]),
  },
  {
    name: 'remove',
    wish: { kind: 'remove', room: ROOM, id: legId(1) },
    before: facts([person(1)]),
    after: facts([]),
  },
  {
    name: 'mute all',
    wish: { kind: 'mute-all', room: ROOM },
    before: facts([person(1), person(2, { muted: true })]),
    after: facts([person(1, { muted: true }), person(3, { role: 'moderator' })]),
  },
  {
    name: 'lock',
    wish: { kind: 'set-locked', room: ROOM, locked: true },
    before: facts([person(1)]),
    after: facts([person(1)], meeting(), true),
  },
  {
    name: 'end',
    wish: { kind: 'end', room: ROOM },
    before: facts([]),
    after: facts([], meeting({ state: 'ended' })),
  },
  { name: 'delete', wish: { kind: 'delete', room: ROOM }, before: facts([]), after: nothing },
];

describe('a click waits for its fact', () => {
  for (const { name, wish, before, after } of cases) {
    test(`${name} waits until the feed shows it`, () => {
      const waiting = [{ wish, sinceMs: 0 }];
      expect(isFulfilled(wish, before)).toBe(false);
      expect(settle(waiting, before)).toBe(waiting);
      expect(settle(waiting, after)).toEqual([]);
    });
  }

  test('a wish of a person who has left waits for nothing when it was to remove them', () => {
    expect(isFulfilled({ kind: 'remove', room: ROOM, id: legId(9) }, nothing)).toBe(true);
  });

  test('mute and unmute of one person are the same button', () => {
    expect(keyOf(mute)).toBe(keyOf({ ...mute, muted: false }));
  });

  test('is given up after five seconds', () => {
    const waiting = [
      { wish: mute, sinceMs: 0 },
      { wish: cases[1]!.wish, sinceMs: 100 },
    ];
    expect(giveUp(waiting, 4_999).late).toEqual([]);
    expect(giveUp(waiting, 5_000)).toEqual({ late: [waiting[0]], rest: [waiting[1]] });
  });
});

describe('wishes as HTTP', () => {
  const path = `/meetings/${ROOM}`;
  const requests = [
    ['PATCH', `${path}/participants/${legId(1)}`, { muted: true }],
    ['DELETE', `${path}/participants/${legId(1)}`, undefined],
    ['POST', `${path}/mute-all`, { except: 'moderators' }],
    ['POST', `${path}/lock`, { locked: true }],
    ['POST', `${path}/end`, undefined],
    ['DELETE', path, undefined],
  ] as const;
  cases.forEach(({ name, wish }, index) => {
    test(name, () => {
      const asked = toHttp(wish);
      expect([asked.method, asked.path, asked.body]).toEqual(requests[index]);
    });
  });
});
