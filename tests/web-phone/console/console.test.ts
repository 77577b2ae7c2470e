import { describe, expect, test } from 'vitest';
import { fromSnapshots } from '../../../protocol/room/snapshot.ts';
import { alarms as english } from '../../../web-phone/words/en/alarms.ts';
import { room as roomWords } from '../../../web-phone/words/en/room.ts';
import { alarmWords, inForce } from '../../../web-phone/console/alarm-words.ts';
import { callBody } from '../../../web-phone/console/call-form.ts';
import { peopleIn, waitingIn } from '../../../web-phone/console/meeting-list.ts';
import { readReadiness } from '../../../web-phone/console/readiness.ts';
import { formatRoute, parseRoute } from '../../../web-phone/console/route.ts';
import { invitation, phoneSettings } from '../../../web-phone/console/ways-in.ts';
import { formatCode, formatDuration, initials } from '../../../web-phone/style/format.ts';
import { legId, meeting, person, ROOM } from '../support/people.ts';
import { account, alarm } from '../support/scenes.ts';

test('an address in the console survives being written and read', () => {
  for (const route of [
    { kind: 'meetings' },
    { kind: 'meeting', id: ROOM },
    { kind: 'card', id: ROOM },
    { kind: 'phones' },
    { kind: 'trunks' },
    { kind: 'alarms' },
    { kind: 'bans' },
    { kind: 'recordings' },
    { kind: 'people', find: 'Zoë / 50 %' },
    { kind: 'history' },
    { kind: 'session', meeting: ROOM, id: 's-1' },
  ] as const)
    expect(parseRoute(formatRoute(route))).toEqual(route);
  expect(parseRoute('#/meetings/<script>')).toEqual({ kind: 'meetings' });
  expect(parseRoute('')).toEqual({ kind: 'meetings' });
  expect(parseRoute('#/people/50%')).toEqual({ kind: 'people', find: '50%' });
});

test('an invitation says the link, the number and the code', () => {
  expect(invitation(meeting(), '482 190 7735', roomWords)).toBe(
    'You are invited to “Monday round”.\n' +
      'In the browser: http://127.0.0.1/join/everybody\n' +
      'By phone: dial 7000 (office), then type the code 482 190 7735',
  );
});

test('what is copied for a desk phone is all that must be typed into it', () => {
  expect(phoneSettings(account({ password: 'once-only' }))).toBe(
    'SIP server: pbx.example:5060\nTransport: UDP or TCP\nUser name: reception\nPassword: once-only',
  );
});

describe('readiness', () => {
  const engine = { node: 'fs1:8021', state: 'refused', detail: 'wrong password.' };
  test('a 200 without troubled engines is ready', () => {
    expect(readReadiness(200, { engines: [{ ...engine, state: 'joined' }] }).kind).toBe('ready');
  });
  test('an engine that refuses is named with its reason', () => {
    expect(readReadiness(503, { engines: [engine] })).toEqual({
      kind: 'not-ready',
      sentences: ['FreeSWITCH at fs1:8021 refuses our connection: wrong password.'],
    });
  });
  test('one of two engines that is away does not keep calls from coming in', () => {
    const joined = { node: 'fs2:8021', state: 'joined' };
    expect(readReadiness(200, { engines: [engine, joined] })).toEqual({
      kind: 'impaired',
      sentences: ['FreeSWITCH at fs1:8021 refuses our connection: wrong password.'],
    });
  });
  test('other troubles are told in the server’s words', () => {
    expect(readReadiness(503, { engines: [], troubles: ['The store is away.'] })).toEqual({
      kind: 'not-ready',
      sentences: ['The store is away.'],
    });
  });
  test('a 503 that says nothing points to the log', () => {
    expect(readReadiness(503, undefined)).toMatchObject({ kind: 'not-ready' });
  });
});

test('durations, codes and initials as people read them', () => {
  expect([0, 65_000, 3_753_000].map(formatDuration)).toEqual(['0:00', '1:05', '1:02:33']);
  expect(formatCode('4821907735')).toBe('482 190 7735');
  expect(['Ada Lovelace', 'tim', '𝒵oe von Ach', ''].map(initials)).toEqual(['AL', 'T', '𝒵A', '']);
});

test('a person on phone and browser counts once, and one in the lobby does not', () => {
  const people = [
    person(1, { via: 'browser', audioBy: legId(2) }),
    person(2),
    person(3, { state: 'lobby' }),
  ];
  const rooms = fromSnapshots([
    { id: ROOM, locked: false, recording: false, openedAtMs: 0, calls: [], people },
  ]);
  expect(peopleIn(meeting(), rooms)).toBe(1);
  expect(waitingIn(meeting(), rooms)).toBe(1);
});

describe('a call out', () => {
  const form = { whom: ' +49 30 901234 ', name: '', asModerator: false };
  test('goes to a number as it was typed, and the server reads it', () => {
    expect(callBody(form)).toEqual({ number: '+49 30 901234', role: 'participant' });
  });
  test('goes to a phone of the house where a user name was typed', () => {
    expect(callBody({ whom: 'reception', name: ' Front ', asModerator: true })).toEqual({
      account: 'reception',
      name: 'Front',
      role: 'moderator',
    });
  });
});

describe('alarms', () => {
  test('each say whom they hold for', () => {
    const kinds = ['caller', 'code-range', 'all', 'login'] as const;
    const titles = kinds.map((kind) => alarmWords(alarm({ kind, who: '+49…1234' }), english).title);
    expect(new Set(titles).size).toBe(kinds.length);
    for (const title of titles) expect(title).toContain('+49…1234');
  });
  test.each([
    ['all', 'numbers', 'Somebody hunts for codes (from telephone numbers)'],
    ['all', 'addresses', 'Somebody hunts for codes (from network addresses)'],
    [
      'code-range',
      '48… (numbers)',
      'Somebody tries codes that begin with 48… (from telephone numbers)',
    ],
    ['login', 'numbers', 'Wrong keys or passwords from numbers'],
  ] as const)('of a hunt (%s, %s) say which callers are meant', (kind, who, title) => {
    expect(alarmWords(alarm({ kind, who }), english).title).toBe(title);
  });
  test('that are over are not in force', () => {
    const [now, over] = [alarm({ until: '2026-11-22T10:00:00Z' }), alarm({ id: 'b' })];
    const past = { ...over, until: '2026-11-22T09:00:00Z' };
    expect(inForce([now, past], Date.parse('2026-11-22T09:30:00Z'))).toEqual([now]);
  });
});
