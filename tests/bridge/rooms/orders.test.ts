import { describe, expect, test } from 'vitest';
import { isForMuteAll, isForUnmuteAll, muteOrder } from '../../../bridge/orders.ts';
import type { MuteOrder } from '../../../bridge/orders.ts';
import type { Standing } from '../../../bridge/standing.ts';
import type { Actor } from '../../../protocol/room/command.ts';
import type { MutedBy, Role } from '../../../protocol/room/room.ts';
import { somebody } from '../../support/scripted-rooms.ts';

const RULES = { unmuteSelf: true, unmuteOthers: 'ask' } as const;
const NOW = 1_800_000_000_000;

interface Case {
  readonly by: Actor;
  readonly on: boolean;
  readonly role?: Role;
  readonly standing?: Standing;
  readonly rules?: Partial<{ unmuteSelf: boolean; unmuteOthers: 'ask' | 'allowed' }>;
  readonly then: MuteOrder | { readonly kind: 'refuse' };
}

const muted = (mutedBy?: MutedBy): Standing => ({
  wish: { muted: true },
  ...(mutedBy && { mutedBy }),
});
const set = (on: boolean, more: object = {}) => ({ kind: 'set', on, ...more }) as MuteOrder;
const opened = set(false, { mutedBy: undefined });
const silenced = set(true, { mutedBy: 'moderator' });

const CASES: Readonly<Record<string, Case>> = {
  'muting oneself': { by: 'self', on: true, then: set(true, { mutedBy: 'self' }) },
  'muted by a moderator': { by: 'moderator', on: true, then: silenced },
  'muted by a program': { by: 'program', on: true, then: silenced },
  'muted by a moderator who had muted themself': {
    by: 'moderator',
    on: true,
    standing: muted('self'),
    then: set(true, { mutedBy: 'self' }),
  },
  'muting oneself again after a moderator did': {
    by: 'self',
    on: true,
    standing: muted('moderator'),
    then: set(true, { mutedBy: 'moderator' }),
  },
  'unmuting oneself': { by: 'self', on: false, standing: muted('self'), then: opened },
  'unmuting oneself after a moderator muted': {
    by: 'self',
    on: false,
    standing: muted('moderator'),
    then: opened,
  },
  'unmuting oneself where only moderators unmute': {
    by: 'self',
    on: false,
    standing: muted('entry'),
    rules: { unmuteSelf: false },
    then: { kind: 'refuse' },
  },
  'unmuting oneself as a moderator where only moderators unmute': {
    by: 'self',
    on: false,
    role: 'moderator',
    standing: muted('self'),
    rules: { unmuteSelf: false },
    then: opened,
  },
  'unmuting oneself when asked to, where only moderators unmute': {
    by: 'self',
    on: false,
    standing: { ...muted('entry'), askedAtMs: NOW - 60_000 },
    rules: { unmuteSelf: false },
    then: opened,
  },
  'unmuting oneself too late after being asked': {
    by: 'self',
    on: false,
    standing: { ...muted('entry'), askedAtMs: NOW - 60_001 },
    rules: { unmuteSelf: false },
    then: { kind: 'refuse' },
  },
  'a moderator undoing a moderator’s mute': {
    by: 'moderator',
    on: false,
    standing: muted('moderator'),
    then: opened,
  },
  'a moderator undoing a mute of nobody knows whom': {
    by: 'moderator',
    on: false,
    standing: muted(),
    then: opened,
  },
  'a moderator opening who muted themself': {
    by: 'moderator',
    on: false,
    standing: muted('self'),
    then: { kind: 'ask' },
  },
  'a moderator opening who came in muted': {
    by: 'moderator',
    on: false,
    standing: muted('entry'),
    then: { kind: 'ask' },
  },
  'a moderator opening who muted themself, where the meeting allows it': {
    by: 'moderator',
    on: false,
    standing: muted('self'),
    rules: { unmuteOthers: 'allowed' },
    then: opened,
  },
  'a moderator opening who is open': { by: 'moderator', on: false, then: opened },
  'a program opening who muted themself': {
    by: 'program',
    on: false,
    standing: muted('self'),
    then: opened,
  },
};

describe('a wish to mute or unmute', () => {
  test.each(Object.entries(CASES))('%s', (_, { by, on, role, standing = {}, rules, then }) => {
    const row = somebody(1, {
      role: role ?? 'participant',
      muted: standing.wish?.muted ?? false,
    });
    const order = muteOrder({ on, by }, { row, standing, nowMs: NOW }, { ...RULES, ...rules });
    expect(order).toMatchObject(then);
  });

  test('is judged by the person’s own microphone, not by what silences the leg besides', () => {
    const row = somebody(1, { muted: true });
    const standing = { wish: { muted: false }, onHold: true } as const;
    expect(muteOrder({ on: true, by: 'moderator' }, { row, standing, nowMs: NOW }, RULES)).toEqual(
      silenced,
    );
  });
});

describe('muting all', () => {
  test.each([
    ['an open participant', { except: 'moderators', meant: true }],
    ['an open moderator', { except: 'moderators', meant: false, role: 'moderator' }],
    ['an open moderator', { except: 'none', meant: true, role: 'moderator' }],
    ['who is muted already', { except: 'none', meant: false, standing: muted('self') }],
  ] as const)('%s: %j', (_, { except, meant, ...more }) => {
    const row = somebody(1, { role: 'role' in more ? more.role : 'participant' });
    const standing = 'standing' in more ? more.standing : {};
    expect(isForMuteAll({ row, standing }, { except })).toBe(meant);
  });

  test('but for whoever pressed the key', () => {
    const row = somebody(1);
    expect(isForMuteAll({ row, standing: {} }, { except: 'none', but: row.id })).toBe(false);
    expect(isForMuteAll({ row, standing: {} }, { except: 'none', but: somebody(2).id })).toBe(true);
  });
});

test.each([
  ['moderator', true],
  ['entry', true],
  ['self', false],
  [undefined, false],
] as const)('unmuting all means who was muted by %s: %s', (mutedBy, meant) => {
  const row = somebody(1, { muted: true });
  expect(isForUnmuteAll({ row, standing: muted(mutedBy) })).toBe(meant);
  expect(isForUnmuteAll({ row: somebody(1), standing: {} })).toBe(false);
});
