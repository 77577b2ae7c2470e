import { describe, expect, test } from 'vitest';
import type { Dismissal, Input } from '../../../bridge/dialogue/talk.ts';
import {
  BROWSER,
  PHONE,
  admission,
  again,
  keys,
  leftRoom,
  meeting,
  place,
  play,
  reconsider,
  said,
  woke,
} from '../../support/dialogue-script.ts';

const dismissed = (why: Dismissal = 'removed'): Input => ({ kind: 'dismissed', why });
const inside = (...inputs: readonly Input[]) =>
  play(PHONE, meeting(), admission('join'), ...inputs);
const END = 'hang-up NORMAL_CLEARING';

describe('whoever is taken out of a room', () => {
  test.each([
    ['removed', 'removed'],
    ['banned', 'removed-and-banned'],
    ['meeting-ended', 'meeting-over'],
  ] as const)('hears why (%s) once the room let go, then the call ends', (why, words) => {
    expect(inside(dismissed(why)).last).toEqual(['limit in 2000']);
    expect(inside(dismissed(why), leftRoom).last).toEqual([`say ${words}`, 'limit in 15000']);
    expect(inside(dismissed(why), leftRoom, said).last).toEqual([END]);
  });

  test('is hung up where the room does not let go, and where the words do not end', () => {
    expect(inside(dismissed(), woke('limit')).last).toEqual([END]);
    expect(inside(dismissed(), leftRoom, woke('limit')).last).toEqual([END]);
  });

  test('hears the newest reason, and only one', () => {
    expect(inside(dismissed(), dismissed('banned'), leftRoom).last[0]).toBe(
      'say removed-and-banned',
    );
    expect(inside(dismissed(), leftRoom, dismissed('meeting-ended')).last).toEqual([]);
  });

  test('is hung up at once in the browser, which shows why', () => {
    expect(play(BROWSER, meeting(), admission('join'), dismissed(), leftRoom).last).toEqual([END]);
  });

  test('hears it again after contact with FreeSWITCH was lost', () => {
    expect(inside(dismissed(), leftRoom, again).last).toEqual(['say removed']);
    expect(inside(dismissed(), again).last).toEqual([]);
  });
});

describe('whoever is taken out before the room', () => {
  const removed = (...inputs: readonly Input[]) =>
    play(PHONE, meeting('greeted'), ...inputs, dismissed()).last;
  const WORDS = ['say removed', 'limit in 15000'];

  test('hears it at once', () => {
    expect(removed()).toEqual(WORDS);
    expect(removed(admission('not-started'))).toEqual(WORDS);
    expect(removed(admission('join'))).toEqual(WORDS);
    expect(play(PHONE, { kind: 'reception' }, dismissed()).last).toEqual(WORDS);
  });

  test('leaves the lobby', () => {
    expect(removed(admission('lobby'), place(1))).toEqual(['leave-lobby removed', ...WORDS]);
    expect(removed(admission('lobby'), reconsider)).toEqual(['leave-lobby removed', ...WORDS]);
    expect(
      play(PHONE, meeting('greeted'), admission('lobby'), dismissed('meeting-ended')).last[0],
    ).toBe('leave-lobby meeting-ended');
  });

  test('is refused while the phone rings', () => {
    expect(play(PHONE, meeting(), dismissed()).last).toEqual(['hang-up CALL_REJECTED']);
  });

  test('changes nothing for one who is gone', () => {
    const gone = [admission({ kind: 'refuse', why: 'full' })];
    expect(play(PHONE, meeting(), ...gone, dismissed()).last).toEqual([]);
    expect(play(PHONE, meeting(), ...gone, again).last).toEqual([]);
  });
});

test('a leg that leaves its room by itself is hung up, so that it is not parked for ever', () => {
  expect(inside(leftRoom).last).toEqual([END]);
});

test('keys, timers and late answers change nothing for one inside', () => {
  const late = [said, ...keys('5'), woke('key'), reconsider, again, admission('lobby')];
  expect(inside(...late).told).toEqual(inside().told);
});
