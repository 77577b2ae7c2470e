import { expect, test } from 'vitest';
import { admission } from '../../../meetings/rules/admission.ts';
import { meetingOf } from './meeting-of.ts';

const NOW = 1_000;
const door = {
  role: 'participant',
  people: 0,
  locked: false,
  banned: false,
  moderatorInside: false,
  admitted: false,
  nowMs: NOW,
} as const;
const moderator = { ...door, role: 'moderator' } as const;
const inside = { ...door, moderatorInside: true } as const;
const admitted = { ...door, admitted: true } as const;

const small = meetingOf({ muteOnEntry: true, maxParticipants: 2 });
const ended = meetingOf({ endedAtMs: 1 });
const lobby = meetingOf({ lobby: true, muteOnEntry: true });
const later = meetingOf({ startsAtMs: NOW + 1 });
const led = meetingOf({ waitForModerator: true });
const all = meetingOf({ lobby: true, waitForModerator: true, startsAtMs: NOW + 1 });

const refuse = (why: string) => ({ kind: 'refuse', why });
const wait = (why: string) => ({ kind: 'wait', why, role: 'participant' });
const join = (muted: boolean) => ({ kind: 'join', muted });
const inLobby = { kind: 'lobby', role: 'participant' };

const cases = [
  ['an unknown meeting', undefined, door, refuse('unknown')],
  ['an ended one', ended, door, refuse('ended')],
  ['an ended one, banned as well', ended, { ...door, banned: true }, refuse('ended')],
  ['somebody banned', small, { ...door, banned: true }, refuse('banned')],
  ['a moderator who is banned', small, { ...moderator, banned: true }, refuse('banned')],
  [
    'somebody banned whom a moderator let in',
    small,
    { ...admitted, banned: true },
    refuse('banned'),
  ],
  ['a locked one', small, { ...door, locked: true }, refuse('locked')],
  ['a locked one, by a moderator', small, { ...moderator, locked: true }, refuse('locked')],
  ['a locked one, from its lobby', lobby, { ...admitted, locked: true }, refuse('locked')],
  ['a full one', small, { ...door, people: 2 }, refuse('full')],
  ['a full one, from its lobby', small, { ...admitted, people: 2 }, refuse('full')],
  ['a full one, by a moderator', small, { ...moderator, people: 2 }, refuse('full')],
  ['the last place', small, { ...door, people: 1 }, { kind: 'join', maxParticipants: 2 }],
  ['muted on entry', small, door, join(true)],
  ['muted on entry, let in from the lobby', lobby, admitted, join(true)],
  ['muted on entry, by a moderator', small, moderator, join(false)],
  ['nobody muted', meetingOf(), door, join(false)],
  ['before its time', later, door, wait('not-started')],
  ['at its time', meetingOf({ startsAtMs: NOW }), door, join(false)],
  ['before its time, with a moderator inside', later, inside, join(false)],
  ['before its time, opened', { ...later, openedAtMs: 5 }, door, join(false)],
  ['before its time, by a moderator', later, moderator, join(false)],
  ['before its time, called by the meeting', later, admitted, join(false)],
  ['no moderator there', led, door, wait('no-moderator')],
  ['a moderator there', led, inside, join(false)],
  ['the moderator', led, moderator, join(false)],
  ['no moderator there, called by the meeting', led, admitted, join(false)],
  ['with a lobby', lobby, door, inLobby],
  ['with a lobby, and a moderator inside', lobby, inside, inLobby],
  ['with a lobby, by a moderator', lobby, moderator, join(false)],
  ['with a lobby that is full', { ...lobby, maxParticipants: 2 }, { ...door, people: 9 }, inLobby],
  ['everything at once: first its time', all, door, wait('not-started')],
  ['everything at once: then the moderator', { ...all, startsAtMs: 1 }, door, wait('no-moderator')],
  ['everything at once: then the lobby', all, inside, inLobby],
] as const;

for (const [name, given, at, expected] of cases)
  test(`at the door, ${name}: ${Object.values(expected).join(' ')}`, () => {
    expect(admission(given, at)).toMatchObject(expected);
  });
