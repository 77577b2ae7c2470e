import { describe, expect, test } from 'vitest';
import { fromSnapshots } from '../../../protocol/room/snapshot.ts';
import type { Participant, Room } from '../../../protocol/room/room.ts';
import { SILENCE, speakingIn } from '../../../web-phone/feed/speaking.ts';
import { FIRST_HABITS, habitsFrom } from '../../../web-phone/phone/habits.ts';
import { mayNudge } from '../../../web-phone/phone/nudge.ts';
import { callTitle } from '../../../web-phone/phone/title.ts';
import { legId, person, ROOM } from '../support/people.ts';

function roomOf(...people: readonly Participant[]): Room | undefined {
  const snapshot = { id: ROOM, locked: false, recording: false, openedAtMs: 0, calls: [], people };
  return fromSnapshots([snapshot]).get(ROOM);
}

describe('who is speaking', () => {
  const ada = person(1);
  const bob = person(2);

  test('stands in the order that they began, and keeps the place while they go on', () => {
    const first = speakingIn(roomOf(ada, { ...bob, talking: true }), SILENCE);
    const both = speakingIn(roomOf({ ...ada, talking: true }, { ...bob, talking: true }), first);
    expect(both.now).toEqual([bob.id, ada.id]);
    const one = speakingIn(roomOf({ ...ada, talking: true }, bob), both);
    expect(one.now).toEqual([ada.id]);
  });

  test('who spoke last is named while it is silent, for as long as they are there', () => {
    const talked = speakingIn(roomOf({ ...ada, talking: true }, bob), SILENCE);
    const silent = speakingIn(roomOf(ada, bob), talked);
    expect(silent).toEqual({ now: [], last: ada.id });
    expect(speakingIn(roomOf(bob), silent).last).toBeUndefined();
  });

  test('whoever is muted or before the door is not', () => {
    const room = roomOf(
      { ...ada, talking: true, muted: true },
      { ...bob, talking: true, state: 'lobby' },
    );
    expect(speakingIn(room, SILENCE)).toEqual(SILENCE);
  });
});

test('the tab says the meeting, whether we are muted, and how many ask for something', () => {
  expect(callTitle({ meeting: 'Monday', muted: false, asking: 0 })).toBe('● Monday');
  expect(callTitle({ meeting: 'Monday', muted: true, asking: 2 })).toBe('(2) ○ Monday');
});

test('who speaks while muted is told so at most every ten seconds', () => {
  expect([mayNudge(undefined, 0), mayNudge(5_000, 14_999), mayNudge(5_000, 15_000)]).toEqual([
    true,
    false,
    true,
  ]);
});

describe('habits', () => {
  test('come back as they were kept', () => {
    const mine = { talkKey: false, shortKeys: false, remind: false, told: 'mine', volume: 0.4 };
    expect(habitsFrom(JSON.parse(JSON.stringify(mine)))).toEqual(mine);
  });

  test.each([[null], ['x'], [{ volume: 7, told: 'much', talkKey: 1 }], [{ id: legId(1) }]])(
    'that nobody here wrote are as at first: %o',
    (value) => {
      expect(habitsFrom(value)).toEqual(FIRST_HABITS);
    },
  );
});
