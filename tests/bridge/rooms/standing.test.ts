import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatMemo, parseMemo } from '../../../bridge/memo.ts';
import {
  NEW_HERE,
  effective,
  handedOver,
  patched,
  shownOf,
  withOwnWish,
} from '../../../bridge/standing.ts';
import type { Standing } from '../../../bridge/standing.ts';
import { ROOM } from '../../support/bridge-world.ts';
import { somebody } from '../../support/scripted-rooms.ts';

const WHOLE: Required<Standing> = {
  wish: { muted: true, deaf: false, held: false, volumeIn: -4, volumeOut: 4 },
  mutedBy: 'entry',
  askedAtMs: 1,
  handAtMs: 2,
  wantsHelp: true,
  unheard: ['person-2', '00000000-0000-4000-8000-000000000003'],
  name: 'Ada “the Countess” Lovelace\n',
  role: 'moderator',
  onHold: true,
  carried: true,
  lobby: ROOM,
  lobbySinceMs: 3,
  admitted: true,
  nameFile: '/calls/a b.wav',
  invitedBy: '/calls/c.wav',
  maxMs: 4,
  endsAtMs: 5,
  insideSinceMs: 6,
  stage: 'greeted',
};

describe('a memo', () => {
  test('is one word that says all that is kept of a leg', () => {
    expect(formatMemo(WHOLE)).toMatch(/^[\w-]+$/);
    expect(parseMemo(formatMemo(WHOLE))).toEqual(WHOLE);
  });

  test.each([
    ['', 'no memo'],
    ['_undef_', 'a leg that has none'],
    ['-ERR No such channel!', 'a leg that is gone'],
    ['bm90IGpzb24', 'no JSON'],
    [memoOf(7), 'no record'],
    [memoOf({ mutedBy: 'god' }), 'another word'],
    [memoOf({ wish: { volumeIn: 9 } }), 'a wish that cannot be'],
    [memoOf({ lobby: 'x kick all' }), 'a room that is none'],
    [memoOf({ name: 'x'.repeat(301) }), 'too long a name'],
    [memoOf({ onHold: 'yes' }), 'a word for a flag'],
    [memoOf({ handAtMs: -1 }), 'a time before all times'],
  ])('%s says nothing: %s', (text) => {
    expect(parseMemo(text)).toBe(NEW_HERE);
  });

  test('of any text never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseMemo(text);
        parseMemo(Buffer.from(text).toString('base64url'));
      }),
    );
  });
});

function memoOf(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

describe('what is asked of FreeSWITCH', () => {
  test.each<[string, Standing, object | undefined]>([
    ['nothing, where nothing was wished', {}, undefined],
    ['the wish', { wish: { deaf: true } }, { deaf: true }],
    ['silence, while the phone holds', { wish: { muted: false }, onHold: true }, { muted: true }],
    [
      'silence both ways, while another leg speaks',
      { wish: { muted: false, deaf: false, volumeIn: 2 }, carried: true },
      { muted: true, deaf: true, volumeIn: 2 },
    ],
  ])('is %s', (_, standing, wish) => {
    expect(effective(standing)).toEqual(wish);
  });

  test('is what was before the silence, once it is over', () => {
    const row = somebody(1, { muted: false, deaf: true });
    expect(withOwnWish(undefined, row)).toEqual({ muted: false, deaf: true });
    expect(withOwnWish({ muted: true, volumeIn: 1 }, row)).toEqual({
      muted: true,
      deaf: true,
      volumeIn: 1,
    });
  });
});

describe('a row shows', () => {
  const shown = (standing: Standing, muted: boolean, before = somebody(1)) =>
    shownOf(standing, { muted, before });

  test('a hand with its time, a wish for help and a hold', () => {
    const standing = { handAtMs: 7, wantsHelp: true, onHold: true } as const;
    expect(shown(standing, false)).toEqual({
      hand: true,
      handAtMs: 7,
      wantsHelp: true,
      onHold: true,
    });
    expect(shown({}, false)).toEqual({ hand: false });
  });

  test('who muted, and a request to unmute, while muted', () => {
    const standing = { mutedBy: 'self', askedAtMs: 7, wish: { muted: true } } as const;
    expect(shown(standing, true)).toMatchObject({ mutedBy: 'self', askedToUnmute: true });
    expect(shown(standing, false)).toEqual({ hand: false });
  });

  test('who muted until the unmuting is so', () => {
    const before = somebody(1, { muted: true, mutedBy: 'moderator' });
    expect(shown({ wish: { muted: false } }, true, before)).toMatchObject({
      mutedBy: 'moderator',
    });
  });

  test('nobody as having muted a leg for which another speaks', () => {
    expect(shown({ mutedBy: 'self', carried: true }, true)).toEqual({ hand: false });
  });
});

describe('when a person’s sound moves to another leg', () => {
  test('a hand, a wish for help, a name, a role and the mute go along', () => {
    const from = {
      name: 'Ada',
      role: 'moderator',
      handAtMs: 7,
      wantsHelp: true,
      mutedBy: 'moderator',
      wish: { muted: true, volumeIn: 3 },
    } as const;
    expect(patched({ wish: { muted: false, volumeIn: -1 } }, handedOver(from, {}))).toEqual({
      ...from,
      wish: { muted: true },
    });
    const to: Standing = { wish: { muted: false, volumeIn: -1 } };
    expect(patched(to, handedOver(from, to)).wish).toEqual({ muted: true, volumeIn: -1 });
  });

  test('whoever is open stays open, and a hand that is down comes down', () => {
    const to: Standing = { mutedBy: 'entry', handAtMs: 3, wish: { muted: true } };
    expect(patched(to, handedOver({ wish: { muted: false } }, to))).toEqual({
      wish: { muted: false },
    });
  });

  test('a leg of which nothing was wished changes no mute', () => {
    const to: Standing = { mutedBy: 'entry', wish: { muted: true } };
    expect(patched(to, handedOver({}, to))).toEqual(to);
  });
});
