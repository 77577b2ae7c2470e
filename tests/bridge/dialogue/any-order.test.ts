import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Beginning } from '../../../bridge/dialogue/dialogue.ts';
import type { Guest, Input } from '../../../bridge/dialogue/talk.ts';
import {
  BROWSER,
  PHONE,
  RULES,
  UNNAMED,
  admission,
  again,
  impossible,
  keys,
  leftRoom,
  meeting,
  opened,
  place,
  play,
  reconsider,
  recorded,
  refusal,
  said,
  unknown,
  woke,
} from '../../support/dialogue-script.ts';

const dismissed: Input = { kind: 'dismissed', why: 'removed' };

const INPUTS: readonly Input[] = [
  said,
  again,
  reconsider,
  impossible,
  opened,
  unknown,
  dismissed,
  leftRoom,
  { kind: 'admitted' },
  { kind: 'refused' },
  ...keys('0123456789*#A'),
  ...(['key', 'place', 'look', 'choice', 'limit'] as const).map(woke),
  ...[0, 1500, 2100].map(recorded),
  ...[1, 2].map(place),
  ...(['join', 'join-muted', 'lobby', 'not-started', 'no-moderator'] as const).map((what) =>
    admission(what, { rules: { ...RULES, askName: true } }),
  ),
  ...(['full', 'locked', 'banned', 'ended', 'unknown'] as const).map(refusal),
];

const BEGINNINGS: readonly Beginning[] = [
  { kind: 'reception' },
  { kind: 'invitation' },
  { kind: 'leaving' },
  ...[true, false].map((found) => ({ kind: 'echo', found }) as const),
  ...(['ringing', 'greeted', 'waiting', 'lobby'] as const).map((before) => meeting(before)),
];

const call = fc.record({
  guest: fc.constantFrom<Guest>(PHONE, UNNAMED, BROWSER),
  beginning: fc.constantFrom(...BEGINNINGS),
  inputs: fc.array(fc.constantFrom(...INPUTS), { maxLength: 40 }),
});

const SEED = { seed: 7000, numRuns: 2000 };

describe('whatever comes in whatever order', () => {
  test('a caller is sent to the room at most once, and hung up at most once', () => {
    fc.assert(
      fc.property(call, ({ guest, beginning, inputs }) => {
        const { told } = play(guest, beginning, ...inputs);
        expect(told.filter((line) => line.startsWith('join')).length).toBeLessThan(2);
        expect(told.filter((line) => line.startsWith('hang-up')).length).toBeLessThan(2);
      }),
      SEED,
    );
  });

  test('nothing happens to a caller who is gone', () => {
    fc.assert(
      fc.property(call, fc.constantFrom(...INPUTS), ({ guest, beginning, inputs }, more) => {
        const { talk } = play(guest, beginning, ...inputs);
        fc.pre(talk.at === 'gone');
        expect(play(guest, beginning, ...inputs, more).last).toEqual([]);
      }),
      SEED,
    );
  });

  test('whoever is told to go is gone, be it in the room, before it or on the line', () => {
    fc.assert(
      fc.property(call, ({ guest, beginning, inputs }) => {
        const end = [dismissed, leftRoom, said, woke('limit')];
        expect(play(guest, beginning, ...inputs, ...end).talk.at).toBe('gone');
      }),
      SEED,
    );
  });

  test('a browser hears no words', () => {
    fc.assert(
      fc.property(call, ({ inputs }) => {
        const answers = inputs.filter(({ kind }) => kind !== 'code');
        const { told } = play(BROWSER, meeting(), ...answers);
        expect(told.filter((line) => line.startsWith('say'))).toEqual([]);
      }),
      SEED,
    );
  });

  test('a code is asked for so often and no more: three tries, and ten times * for each', () => {
    const tries = fc.array(fc.constantFrom(...keys('1*#'), unknown, said, woke('key')), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(tries, (inputs) => {
        const { told } = play(PHONE, { kind: 'reception' }, ...inputs);
        const asked = told.filter((line) => /enter-code/.test(line)).length;
        expect(asked).toBeLessThanOrEqual(3 + 3 * 10);
      }),
      SEED,
    );
  });
});
