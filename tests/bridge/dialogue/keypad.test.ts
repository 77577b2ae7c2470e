import { describe, expect, test } from 'vitest';
import { confirmation, confirmWithin } from '../../../bridge/dialogue/awaited.ts';
import { wordsFor } from '../../../bridge/dialogue/changed.ts';
import { IDLE, press } from '../../../bridge/dialogue/keypad.ts';
import { pressed, reminderFor } from '../../../bridge/dialogue/menu.ts';
import { mayRemind } from '../../../bridge/dialogue/reminder.ts';
import type { RoomRules } from '../../../protocol/call/admission.ts';
import type { Participant, Room } from '../../../protocol/room/room.ts';
import { RULES, legNumber, room as id } from '../../support/dialogue-script.ts';

function row(n: number, more: Partial<Participant> = {}): Participant {
  return {
    id: legNumber(n),
    name: `Caller ${n}`,
    number: '',
    via: 'phone',
    role: 'participant',
    state: 'joined',
    muted: false,
    deaf: false,
    held: false,
    talking: false,
    hand: false,
    volume: { in: 0, out: 0 },
    joinedAtMs: n,
    ...more,
  };
}

function roomOf(rows: readonly Participant[], more: Partial<Room> = {}): Room {
  const people = new Map(rows.map((one) => [one.id, one]));
  return { id, locked: false, recording: false, openedAtMs: 0, people, calls: new Map(), ...more };
}

const MODERATOR = row(1, { role: 'moderator' });
const WAITING = row(7, { state: 'lobby' });
const NOBODY = new Set<Participant['id']>();

/** What a key does for the first of these rows. */
function key(
  digit: string,
  rows: readonly [Participant, ...Participant[]] = [row(1)],
  more: { rules?: Partial<RoomRules>; room?: Partial<Room>; coming?: readonly Participant[] } = {},
) {
  const room = roomOf(rows, more.room);
  const coming = new Set(more.coming?.map((each) => each.id));
  return pressed(digit, { row: rows[0], room, rules: { ...RULES, ...more.rules }, coming });
}

describe('the keypad', () => {
  test.each([
    ['*6', 0, '6'],
    ['*6', 3000, '6'],
    ['*6', 3001, undefined],
    ['6', 0, undefined],
    ['**6', 0, '6'],
    ['*#', 0, '#'],
    ['*A', 0, undefined],
    ['*66', 0, undefined],
  ])('%s with %i ms between means %s', (typed, pauseMs, meant) => {
    let keypad = IDLE;
    let last: string | undefined;
    for (const [index, one] of Array.from(typed).entries())
      [keypad, last] = press(keypad, one, 1000 + index * pauseMs);
    expect(last).toBe(meant);
  });
});

describe('a key in the room', () => {
  const about = { room: id, id: legNumber(1) };

  test('*6 mutes and unmutes oneself', () => {
    const refused = { kind: 'may-not-unmute' };
    expect(key('6')).toEqual({
      command: { kind: 'set-muted', ...about, on: true, by: 'self' },
      refused,
    });
    expect(key('6', [row(1, { muted: true })]).command).toMatchObject({ on: false });
  });

  test('*6 says why where the meeting lets only moderators unmute', () => {
    const rules = { unmuteSelf: false };
    expect(key('6', [row(1, { muted: true })], { rules })).toEqual({
      saying: { kind: 'may-not-unmute' },
    });
    const asked = row(1, { muted: true, askedToUnmute: true });
    expect(key('6', [asked], { rules }).command).toMatchObject({ on: false });
    expect(key('6', [row(1)], { rules }).command).toBeDefined();
    expect(key('6', [row(1, { muted: true, role: 'moderator' })], { rules }).command).toBeDefined();
  });

  test.each(['5', '9'])('*%s raises and lowers the hand', (digit) => {
    const command = { kind: 'set-hand', ...about, by: 'self' };
    expect(key(digit)).toEqual({ command: { ...command, on: true } });
    expect(key(digit, [row(1, { hand: true, handAtMs: 1 })])).toEqual({
      command: { ...command, on: false },
    });
  });

  test('*0 asks for help, and does not take it back', () => {
    expect(key('0')).toEqual({ command: { kind: 'set-help', ...about, on: true } });
    expect(key('0', [row(1, { wantsHelp: true })])).toEqual({ saying: { kind: 'help-asked' } });
  });

  test('*1 explains the keys that the caller has', () => {
    expect(key('1')).toEqual({ saying: { kind: 'help' } });
    expect(key('1', [MODERATOR])).toEqual({ saying: { kind: 'help-moderator' } });
  });

  test('*3 counts people, not legs, and the lobby for moderators alone', () => {
    const browser = row(2, { via: 'browser', audioBy: legNumber(1) });
    const rows = [row(1), browser, row(3), WAITING] as const;
    expect(key('3', [...rows])).toEqual({ saying: { kind: 'people-here', count: 2 } });
    expect(key('3', [MODERATOR, row(3), WAITING])).toEqual({
      saying: { kind: 'people-here', count: 2, waiting: 1 },
    });
    expect(key('3', [MODERATOR])).toEqual({ saying: { kind: 'people-here', count: 1 } });
  });

  test('*4 mutes all but the one who presses', () => {
    expect(key('4', [MODERATOR, row(2)])).toEqual({
      command: { kind: 'mute-all', room: id, except: 'moderators', but: legNumber(1) },
      awaited: { kind: 'all-muted' },
    });
  });

  test('*4 opens again whom it muted', () => {
    const muted = row(2, { muted: true, mutedBy: 'moderator' });
    const again = { command: { kind: 'unmute-all', room: id }, awaited: { kind: 'all-unmuted' } };
    expect(key('4', [MODERATOR, muted, row(3, { muted: true, mutedBy: 'self' })])).toEqual(again);
    expect(key('4', [MODERATOR, muted, row(3)]).command?.kind).toBe('mute-all');
    expect(key('4', [MODERATOR, row(2, { muted: true, mutedBy: 'self' })]).command?.kind).toBe(
      'mute-all',
    );
  });

  test('*7 locks and unlocks', () => {
    expect(key('7', [MODERATOR])).toEqual({
      command: { kind: 'set-locked', room: id, on: true },
      awaited: { kind: 'locked', on: true },
    });
    expect(key('7', [MODERATOR], { room: { locked: true } }).awaited).toEqual({
      kind: 'locked',
      on: false,
    });
  });

  test('*8 lets in who waits longest', () => {
    const later = row(9, { state: 'lobby' });
    expect(key('8', [MODERATOR, later, WAITING])).toEqual({
      command: { kind: 'admit', room: id, id: WAITING.id },
      awaited: { kind: 'admitted', id: WAITING.id },
    });
    expect(key('8', [MODERATOR])).toEqual({ saying: { kind: 'lobby-empty' } });
  });

  test('*8 again lets in the next, while the first still hears that they may come in', () => {
    const later = row(9, { state: 'lobby' });
    expect(key('8', [MODERATOR, WAITING, later], { coming: [WAITING] }).command).toEqual({
      kind: 'admit',
      room: id,
      id: later.id,
    });
    expect(key('8', [MODERATOR, WAITING], { coming: [WAITING] })).toEqual({
      saying: { kind: 'lobby-empty' },
    });
  });

  test('*2 begins and ends a recording', () => {
    const refused = { kind: 'recording-unavailable' };
    const command = { kind: 'set-recording', room: id };
    expect(key('2', [MODERATOR])).toEqual({ command: { ...command, on: true }, refused });
    expect(key('2', [MODERATOR], { room: { recording: true } }).command).toEqual({
      ...command,
      on: false,
    });
  });

  test.each(['2', '4', '7', '8'])('*%s is for moderators only', (digit) => {
    expect(key(digit)).toEqual({ saying: { kind: 'moderators-only' } });
  });

  test('another key is said to mean nothing', () => {
    expect(key('#')).toEqual({ saying: { kind: 'unknown-key' } });
  });
});

describe('what a moderator’s key is confirmed by', () => {
  const open = row(2);
  const shut = row(3, { muted: true, mutedBy: 'moderator' });

  test.each([
    ['all-muted', [MODERATOR, open, shut], undefined],
    ['all-muted', [MODERATOR, shut, WAITING], 'all-muted'],
    ['all-unmuted', [MODERATOR, shut], undefined],
    ['all-unmuted', [MODERATOR, row(4, { muted: true, mutedBy: 'self' })], 'all-unmuted'],
  ] as const)('%s', (kind, rows, said) => {
    expect(confirmation({ kind }, roomOf(rows), NOBODY)?.kind).toBe(said);
  });

  test.each([
    [true, false, undefined],
    [true, true, 'locked'],
    [false, false, 'unlocked'],
  ])('lock on=%s while locked=%s', (on, locked, said) => {
    expect(
      confirmation({ kind: 'locked', on }, roomOf([MODERATOR], { locked }), NOBODY)?.kind,
    ).toBe(said);
  });

  test('the one let in does not wait any more; how many do is said', () => {
    const awaited = { kind: 'admitted', id: WAITING.id } as const;
    const [seven, eight, nine] = [row(7), row(8, { state: 'lobby' }), row(9, { state: 'lobby' })];
    expect(confirmation(awaited, roomOf([MODERATOR, WAITING]), NOBODY)).toBeUndefined();
    expect(confirmation(awaited, roomOf([MODERATOR, seven, eight, nine]), NOBODY)).toEqual({
      kind: 'admitted-next',
      left: 2,
    });
    const coming = new Set([eight.id]);
    expect(confirmation(awaited, roomOf([MODERATOR, seven, eight, nine]), coming)).toEqual({
      kind: 'admitted-next',
      left: 1,
    });
  });

  test('comes within two seconds or not at all; for one let in, after the words they hear', () => {
    expect(confirmWithin({ kind: 'all-muted' })).toBe(2000);
    expect(confirmWithin({ kind: 'admitted', id: WAITING.id })).toBe(15_000);
  });
});

describe('what a phone is told when its row changes', () => {
  const MUTED = { muted: true } as const;
  test.each([
    ['their own key muted them', [{}, { ...MUTED, mutedBy: 'self' }, {}], 'muted'],
    ['a moderator muted them', [{}, { ...MUTED, mutedBy: 'moderator' }, {}], 'muted-by-moderator'],
    ['the meeting muted them', [{}, { ...MUTED, mutedBy: 'entry' }, {}], undefined],
    ['their own key unmuted them', [MUTED, {}, { muted: 'self' }], 'unmuted'],
    ['a moderator unmuted them', [MUTED, {}, { muted: 'moderator' }], 'unmuted-by-moderator'],
    ['a program unmuted them', [MUTED, {}, {}], 'unmuted-by-moderator'],
    ['they are asked to unmute', [MUTED, { ...MUTED, askedToUnmute: true }, {}], 'asked-to-unmute'],
    ['the hand is lowered by key', [{ hand: true }, {}, { hand: 'self' }], 'hand-down'],
    [
      'the hand is lowered',
      [{ hand: true }, {}, { hand: 'moderator' }],
      'hand-lowered-by-moderator',
    ],
    ['they ask for help', [{}, { wantsHelp: true }, {}], 'help-asked'],
    ['somebody comes to help', [{ wantsHelp: true }, {}, {}], 'help-on-the-way'],
    ['they talk', [{}, { talking: true }, {}], undefined],
    ['their phone holds the call', [{}, { ...MUTED, onHold: true }, {}], undefined],
    ['their phone takes it back', [{ ...MUTED, onHold: true }, {}, {}], undefined],
    ['another leg speaks for them', [{}, { ...MUTED, audioBy: legNumber(2) }, {}], undefined],
    ['the request is over', [{ ...MUTED, askedToUnmute: true }, MUTED, {}], undefined],
  ] as const)('%s', (_, [before, after, by], said) => {
    expect(wordsFor(row(1, before), row(1, after), { by, place: 1 })?.kind).toBe(said);
  });

  test('the place in the queue comes with the raised hand', () => {
    expect(wordsFor(row(1), row(1, { hand: true, handAtMs: 5 }), { by: {}, place: 3 })).toEqual({
      kind: 'hand-up',
      place: 3,
    });
  });
});

describe('somebody who talks while muted', () => {
  test('is reminded at most once a minute', () => {
    expect(mayRemind({}, 5)).toBe(true);
    expect(mayRemind({ toldMs: 5 }, 60_004)).toBe(false);
    expect(mayRemind({ toldMs: 5 }, 60_005)).toBe(true);
  });

  test('whoever was muted in the middle of a word is not told twice', () => {
    expect(mayRemind({ mutedMs: 0 }, 499)).toBe(false);
    expect(mayRemind({ mutedMs: 0 }, 500)).toBe(true);
  });

  test('hears what they can do about it', () => {
    const caller = { row: row(1, { muted: true }), room: roomOf([row(1)]), rules: RULES };
    expect(reminderFor(caller)).toEqual({ kind: 'talking-while-muted' });
    const rules = { ...RULES, unmuteSelf: false };
    expect(reminderFor({ ...caller, rules })).toEqual({ kind: 'may-not-unmute' });
  });
});
