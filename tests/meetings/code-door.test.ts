import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import { newMeeting } from '../support/api.ts';
import { startMeetings } from '../support/meetings.ts';
import type { TestMeetings } from '../support/meetings.ts';

const SLOW = { timeout: 60_000 };
const QUARTER_HOUR_MS = 15 * 60_000;
let world: TestMeetings;
let meeting: Meeting;
beforeEach(async () => {
  world = await startMeetings();
  meeting = await newMeeting(world);
});
afterEach(() => world.stop());

const enter = async (code: string, source: string) =>
  (await world.parts.admissions.byCode(code, source)).kind;
/** Codes nobody has, spread over the ranges of codes unless told not to. */
const wrong = (n: number, range = 100 + (n % 800)) => `${range}${String(n).padStart(7, '0')}`;

/** A thousand wrong codes at once, each from somebody else. */
const many = (source: (n: number) => string) =>
  Promise.all(Array.from({ length: 1_000 }, (_, n) => enter(wrong(n * 7), source(n))));

test('the sixth wrong code from one caller in 15 minutes is throttled, and the right one with it', async () => {
  for (let n = 0; n < 5; n++) expect(await enter(wrong(n), 'a')).toBe('unknown');
  expect(await enter(wrong(5), 'a')).toBe('throttled');
  expect(await enter(meeting.codes.join, 'a')).toBe('throttled');
  expect(await enter(meeting.codes.join, 'b')).toBe('meeting');
  world.clock.pass(QUARTER_HOUR_MS);
  expect(await enter(meeting.codes.join, 'a')).toBe('meeting');
});

test('dialling codes and typing them are counted together', async () => {
  for (let n = 0; n < 5; n++) await world.parts.directory.dialled(wrong(n), 'a');
  expect(await enter(meeting.codes.join, 'a')).toBe('throttled');
});

test('right codes count for nothing, from strangers and from callers we know', async () => {
  for (let n = 0; n < 120; n++)
    expect(await enter(meeting.codes.join, `s${n % 60}`)).toBe('meeting');
  for (let n = 0; n < 5; n++) expect(await enter(wrong(n), 's1')).toBe('unknown');
  expect(await enter(meeting.codes.join, 's1')).toBe('throttled');
});

test('a hunt through one range of codes leaves everybody one try each', async () => {
  const range = Number(meeting.codes.join.slice(0, 3));
  for (let n = 0; n < 20; n++) expect(await enter(wrong(n, range), `h${n}`)).toBe('unknown');
  expect(await enter(meeting.codes.join, 'stranger')).toBe('meeting');
  expect(await enter(wrong(50, range), 'guesser')).toBe('unknown');
  expect(await enter(meeting.codes.join, 'guesser')).toBe('throttled');
  world.clock.pass(QUARTER_HOUR_MS);
  expect(await enter(meeting.codes.join, 'guesser')).toBe('meeting');
});

test('who mistypes in a hunt the code that they gave before comes in all the same', async () => {
  const range = Number(meeting.codes.join.slice(0, 3));
  expect(await enter(meeting.codes.join, 'regular')).toBe('meeting');
  for (let n = 0; n < 20; n++) await enter(wrong(n, range), `h${n}`);
  expect(await enter(wrong(50, range), 'regular')).toBe('unknown');
  expect(await enter(wrong(51, range), 'regular')).toBe('throttled');
  expect(await enter(meeting.codes.join, 'regular')).toBe('meeting');
});

test('who has one code hunts no better for it, from however many addresses', SLOW, async () => {
  const other = await newMeeting(world);
  const hunters = Array.from({ length: 130 }, (_, n) => `2001:db8:0:${n.toString(16)}::1`);
  for (const each of hunters) await enter(other.codes.join, each);
  const results = await Promise.all(
    hunters.flatMap((each, n) => [0, 1, 2, 3].map((k) => enter(wrong(n * 4 + k, 555), each))),
  );
  expect(results.filter((kind) => kind === 'unknown').length).toBeLessThanOrEqual(100);
});

test('a hundred wrong codes in one range close it, but not to who gave the code before', async () => {
  const range = Number(meeting.codes.join.slice(0, 3));
  expect(await enter(meeting.codes.join, 'regular')).toBe('meeting');
  for (let n = 0; n < 100; n++) await enter(wrong(n, range), `h${n}`);
  expect(await enter(meeting.codes.join, 'stranger')).toBe('throttled');
  expect(await enter(meeting.codes.join, 'regular')).toBe('meeting');
  world.clock.pass(QUARTER_HOUR_MS);
  expect(await enter(meeting.codes.join, 'stranger')).toBe('meeting');
});

test('a hundred wrong codes by anybody leave strangers one try each, everywhere', async () => {
  for (let n = 0; n < 100; n++) await enter(wrong(n * 7), `h${n}`);
  expect(await enter(meeting.codes.moderator, 'stranger')).toBe('meeting');
  expect(await enter(wrong(701), 'guesser')).toBe('unknown');
  expect(await enter(meeting.codes.moderator, 'guesser')).toBe('throttled');
});

test(
  'a thousand wrong codes from addresses close nothing to the telephone network',
  SLOW,
  async () => {
    await many((n) => `198.51.${n % 250}.${n}`);
    expect(await enter(meeting.codes.join, '192.0.2.1')).toBe('throttled');
    expect(await enter(meeting.codes.join, '+4930901234')).toBe('meeting');
  },
);

test('when all is closed, a try that was not looked up counts against nobody', SLOW, async () => {
  await many((n) => `h${n}`);
  for (let n = 0; n < 9; n++) expect(await enter(meeting.codes.join, 'stranger')).toBe('throttled');
  world.clock.pass(QUARTER_HOUR_MS);
  for (let n = 0; n < 4; n++) expect(await enter(wrong(n), 'stranger')).toBe('unknown');
  expect(await enter(meeting.codes.join, 'stranger')).toBe('meeting');
});

test('one IPv6 network is one caller, however many addresses it has', async () => {
  for (let n = 0; n < 5; n++) expect(await enter(wrong(n), `2001:db8::${n + 1}`)).toBe('unknown');
  expect(await enter(meeting.codes.join, '2001:db8:0:0:abcd::1')).toBe('throttled');
  expect(await enter(meeting.codes.join, '2001:db8:0:1::1')).toBe('meeting');
});

test('a hundred tries at the same moment get no further than five', async () => {
  const tries = Array.from({ length: 100 }, (_, n) => enter(wrong(n), 'a'));
  const results = await Promise.all(tries);
  expect(results.filter((kind) => kind === 'unknown')).toHaveLength(5);
});

test('twenty who dial the right code at the same moment from one address all come in', async () => {
  const dialled = Array.from({ length: 20 }, () => enter(meeting.codes.join, 'office'));
  expect(new Set(await Promise.all(dialled))).toEqual(new Set(['meeting']));
});

test('a restart forgives nobody', async () => {
  for (let n = 0; n < 5; n++) await enter(wrong(n), 'a');
  const { openMeetings } = await import('../../meetings/open.ts');
  const { seeded } = await import('../support/meetings.ts');
  const again = await openMeetings({
    store: world.store,
    now: world.clock.now,
    random: seeded(2),
    realm: 'partyline',
    adminKey: 'another-admin-key-here',
    publicUrl: () => 'http://127.0.0.1',
    sipHost: '127.0.0.1',
    dialIn: [],
    isLocked: () => false,
  });
  expect(await again.admissions.byCode(meeting.codes.join, 'a')).toEqual({ kind: 'throttled' });
});

test('what is not ten digits is no try', async () => {
  for (const code of ['', '1', '12345678901', 'abcdefghij', '123456789\n'])
    for (let n = 0; n < 5; n++) expect(await enter(code, 'a')).toBe('unknown');
  expect(await enter(meeting.codes.join, 'a')).toBe('meeting');
});

test('the store holds no code, caller or address where it could be read without our key', async () => {
  await enter(wrong(1), '192.0.2.77');
  await enter(meeting.codes.join, '192.0.2.78');
  const kept = await world.store.list('');
  const keys = JSON.stringify(kept.map(([key]) => key));
  expect(keys).not.toContain(meeting.codes.join);
  expect(JSON.stringify(kept)).not.toMatch(/192\.0\.2\./);
});

test('at the door of an ended, locked or full meeting', async () => {
  let locked = false;
  const other = await startMeetings({ isLocked: () => locked });
  const { id } = await newMeeting(other, { maxParticipants: 2, muteOnEntry: true });
  const admit = (people: number) =>
    other.parts.admissions.admit({
      room: id,
      role: 'participant',
      who: {
        destination: { kind: 'reception', dialled: '7000' },
        via: 'phone',
        name: 'Ada',
        number: '',
        source: '192.0.2.1',
      },
      people,
      moderatorInside: false,
      admitted: false,
    });
  expect(await admit(1)).toEqual({
    kind: 'join',
    room: id,
    role: 'participant',
    muted: true,
    maxParticipants: 2,
  });
  expect(await admit(2)).toEqual({ kind: 'refuse', why: 'full' });
  locked = true;
  expect(await admit(0)).toEqual({ kind: 'refuse', why: 'locked' });
  await other.parts.meetings.end(id);
  expect(await admit(0)).toEqual({ kind: 'refuse', why: 'ended' });
  await other.parts.meetings.delete(id);
  expect(await admit(0)).toEqual({ kind: 'refuse', why: 'unknown' });
  await other.stop();
});
