import { expect, test } from 'vitest';
import { dealt, dutyOf } from '../../../meetings/rules/breakouts.ts';
import type { BreakoutSet } from '../../../meetings/rules/breakouts.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { somebody } from '../../support/scripted-rooms.ts';

const SET: BreakoutSet = {
  main: 'm-aaaaaaaaaaaaaaaa' as RoomId,
  rooms: [],
  openedAtMs: 0,
  self: false,
  returnWarningSeconds: 60,
};

test('people are dealt out in the order they came, moderators and the lobby are not', () => {
  const people = [
    somebody(4, { joinedAtMs: 4 }),
    somebody(1, { joinedAtMs: 1, role: 'moderator' }),
    somebody(3, { joinedAtMs: 3 }),
    somebody(2, { joinedAtMs: 2 }),
    somebody(5, { joinedAtMs: 5, state: 'lobby' }),
  ];
  const ids = dealt(people, 2).map((group) => group.map((id) => Number(id.slice(-1))));
  expect(ids).toEqual([[2, 4], [3]]);
  expect(dealt(people, 4).map((group) => group.length)).toEqual([1, 1, 1, 0]);
});

test('the way back is said at the warning and at ten seconds, once each, and then taken', () => {
  const said: string[] = [];
  let set: BreakoutSet = { ...SET, endsAtMs: 300_000 };
  for (let now: number | undefined = 0; now !== undefined && now <= 303_000;) {
    const duty = dutyOf(set, now);
    if (duty.announce) said.push(`${now / 1_000} announce`);
    if (duty.bringBack) said.push(`${now / 1_000} back`);
    if (duty.saidAt !== undefined) set = { ...set, saidAt: duty.saidAt };
    now = duty.lookAtMs;
  }
  expect(said).toEqual(['240 announce', '290 announce', '300 back', '303 back']);
});

test('a bridge that starts anew within the warning does not say it twice', () => {
  const set = { ...SET, endsAtMs: 300_000, saidAt: 60 };
  expect(dutyOf(set, 270_000)).toEqual({ bringBack: false, lookAtMs: 290_000 });
});

test('without a warning nothing is said, without an end nothing is due', () => {
  expect(dutyOf({ ...SET, returnWarningSeconds: 0, endsAtMs: 300_000 }, 295_000)).toEqual({
    bringBack: false,
    lookAtMs: 300_000,
  });
  expect(dutyOf(SET, 1e9)).toEqual({ bringBack: false });
});
