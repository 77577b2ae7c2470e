import { describe, expect, test } from 'vitest';
import { carriersIn, moves } from '../../../bridge/companions.ts';
import type { Carriers } from '../../../bridge/companions.ts';
import type { Member } from '../../../bridge/members.ts';
import type { Standing } from '../../../bridge/standing.ts';
import type { Participant, ParticipantId } from '../../../protocol/room/room.ts';
import { somebody } from '../../support/scripted-rooms.ts';

const id = (n: number): ParticipantId => somebody(n).id;

function inside(...rows: readonly (readonly [number, Partial<Participant>])[]) {
  return new Map<ParticipantId, Member>(
    rows.map(([n, more]) => [id(n), { memberId: n, at: 0, tick: 0, row: somebody(n, more) }]),
  );
}

const phone = (personId?: string) => ({ via: 'phone', ...(personId && { personId }) }) as const;
const browser = (personId?: string) => ({ via: 'browser', ...(personId && { personId }) }) as const;

describe('of one person’s legs', () => {
  test.each([
    ['a phone alone', inside([1, phone('p')]), []],
    ['two browsers', inside([1, browser('p')], [2, browser('p')]), []],
    ['strangers', inside([1, phone()], [2, browser()]), []],
    ['two persons', inside([1, phone('p')], [2, browser('q')]), []],
    ['a browser, then a phone', inside([1, browser('p')], [2, phone('p')]), [[id(1), id(2)]]],
    ['a phone, then a browser', inside([1, phone('p')], [2, browser('p')]), [[id(2), id(1)]]],
    [
      'two phones and a browser',
      inside([1, browser('p')], [3, phone('p')], [2, phone('p')]),
      [
        [id(1), id(3)],
        [id(2), id(3)],
      ],
    ],
  ])('%s', (_, members, carried) => {
    expect([...carriersIn(members)].sort()).toEqual(carried);
  });
});

describe('when the sound moves', () => {
  const rows = inside([1, {}], [2, {}]);
  const none: Carriers = new Map();
  const carried: Carriers = new Map([[id(1), id(2)]]);
  const standings =
    (...all: readonly (readonly [number, Standing])[]) =>
    (leg: ParticipantId): Standing =>
      all.find(([n]) => id(n) === leg)?.[1] ?? {};

  test('the silenced leg keeps its own wish, and the other takes over how it stood', () => {
    const known = standings([1, { handAtMs: 5, mutedBy: 'self', wish: { muted: true } }]);
    expect(moves({ before: none, now: carried }, rows, known)).toEqual([
      {
        leg: id(2),
        patch: { handAtMs: 5, wantsHelp: undefined, mutedBy: 'self', wish: { muted: true } },
      },
      {
        leg: id(1),
        patch: {
          wish: { muted: true, deaf: false },
          carried: true,
          handAtMs: undefined,
          wantsHelp: undefined,
        },
      },
    ]);
  });

  test('a leg that comes to a phone that is there already changes nothing about the person', () => {
    const known = standings(
      [1, { handAtMs: 5, mutedBy: 'self', wish: { muted: true } }],
      [2, { wish: { muted: false } }],
    );
    const later: Carriers = new Map([[id(2), id(1)]]);
    expect(moves({ before: none, now: later }, rows, known)).toEqual([
      { leg: id(2), patch: { wish: { muted: false, deaf: false }, carried: true } },
    ]);
  });

  test('nothing changes for a leg that was silenced before we started', () => {
    const known = standings([1, { carried: true, wish: { muted: false, deaf: false } }]);
    expect(moves({ before: none, now: carried }, rows, known)).toEqual([]);
  });

  test('the silenced leg goes on as the other was when that one is gone', () => {
    const known = standings(
      [1, { carried: true, wish: { muted: false, deaf: false } }],
      [2, { handAtMs: 9, mutedBy: 'self', wish: { muted: true } }],
    );
    const left = inside([1, {}]);
    expect(moves({ before: carried, now: none }, left, known)).toEqual([
      {
        leg: id(1),
        patch: {
          handAtMs: 9,
          wantsHelp: undefined,
          mutedBy: 'self',
          wish: { muted: true, deaf: false },
          carried: undefined,
        },
      },
    ]);
  });

  test('a leg whose phone hung up while we were away goes on by its own wish', () => {
    const known = standings([1, { carried: true, wish: { muted: false, deaf: false } }]);
    expect(moves({ before: none, now: none }, rows, known)).toEqual([
      { leg: id(1), patch: { carried: undefined } },
    ]);
  });
});
