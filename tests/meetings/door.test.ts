import { afterEach, beforeEach, expect, test } from 'vitest';
import { standardRules } from '../../meetings/rules/meeting.ts';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import type { Visitor } from '../../protocol/call/admission.ts';
import type { CallIdentity } from '../../protocol/call/identity.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import { newMeeting } from '../support/api.ts';
import { START_MS, startMeetings, TestTimers } from '../support/meetings.ts';
import type { TestMeetings } from '../support/meetings.ts';

const HOUR_MS = 3_600_000;
let world: TestMeetings;
let timers: TestTimers;
let told: RoomId[];
beforeEach(async () => {
  timers = new TestTimers();
  world = await startMeetings({ after: timers.after });
  told = [];
  world.parts.admissions.subscribe((room) => told.push(room));
});
afterEach(() => world.stop());

const mallory: Partial<CallIdentity> = { number: '+4930901234', name: 'Mallory' };
const admit = ({ id }: Meeting, visitor: Partial<Visitor> = {}, who: Partial<CallIdentity> = {}) =>
  world.parts.admissions.admit({
    room: id,
    role: 'participant',
    people: 0,
    moderatorInside: false,
    admitted: false,
    ...visitor,
    who: {
      destination: { kind: 'reception', dialled: '7000' },
      via: 'phone',
      name: 'Ada',
      number: '',
      source: '192.0.2.1',
      ...who,
    },
  });

test('a planned meeting lets participants wait, and tells the bridge when its time has come', async () => {
  const meeting = await newMeeting(world, { startsAtMs: START_MS + HOUR_MS });
  expect(await admit(meeting)).toMatchObject({ kind: 'wait', why: 'not-started' });
  told.length = 0;
  world.clock.pass(HOUR_MS);
  timers.pass(HOUR_MS);
  await expect.poll(() => told).toEqual([meeting.id]);
  expect(await admit(meeting)).toMatchObject({ kind: 'join' });
});

test('a moderator who comes early opens it for good, and the bridge is told', async () => {
  const meeting = await newMeeting(world, { startsAtMs: START_MS + HOUR_MS });
  told.length = 0;
  expect(await admit(meeting, { role: 'moderator' })).toMatchObject({ kind: 'join' });
  expect(told).toEqual([meeting.id]);
  expect(await admit(meeting)).toMatchObject({ kind: 'join' });
  expect(world.parts.views.show((await world.parts.meetings.get(meeting.id))!, 0)).toMatchObject({
    state: 'open',
  });
});

test('a meeting that is put off wakes nobody at its old time', async () => {
  const meeting = await newMeeting(world, { startsAtMs: START_MS + HOUR_MS });
  await world.parts.meetings.change(meeting.id, { startsAtMs: START_MS + 2 * HOUR_MS });
  told.length = 0;
  world.clock.pass(HOUR_MS);
  timers.pass(HOUR_MS);
  expect(timers.waiting).toEqual([HOUR_MS]);
  expect(await admit(meeting)).toMatchObject({ kind: 'wait' });
  expect(told).toEqual([]);
});

test('a start that is months away is waited for in stretches', async () => {
  await newMeeting(world, { startsAtMs: START_MS + 90 * 24 * HOUR_MS });
  expect(timers.waiting).toEqual([2 ** 31 - 1]);
});

test('ended or deleted, a planned meeting wakes nobody', async () => {
  const first = await newMeeting(world, { startsAtMs: START_MS + HOUR_MS });
  const second = await newMeeting(world, { startsAtMs: START_MS + HOUR_MS });
  await world.parts.meetings.end(first.id);
  await world.parts.meetings.delete(second.id);
  expect(timers.waiting).toEqual([]);
});

test('after a restart the times of planned meetings are known again', async () => {
  await newMeeting(world, { startsAtMs: START_MS + HOUR_MS });
  const again = new TestTimers();
  const { openMeetings } = await import('../../meetings/open.ts');
  const parts = await openMeetings({ ...world.settings, after: again.after });
  expect(again.waiting).toEqual([HOUR_MS]);
  await parts.stop();
  expect(again.waiting).toEqual([]);
});

test('the rules are told as they are set, and told anew when they change', async () => {
  const meeting = await newMeeting(world, { lobby: true, language: 'de' });
  expect(await world.parts.admissions.rules(meeting.id)).toMatchObject({
    lobby: true,
    language: 'de',
    unmuteSelf: true,
    entrySounds: 'tones',
  });
  told.length = 0;
  await world.parts.meetings.change(meeting.id, { unmuteSelf: false });
  expect(told).toEqual([meeting.id]);
  expect(await world.parts.admissions.rules(meeting.id)).toMatchObject({ unmuteSelf: false });
  expect(await world.parts.admissions.rules(meeting.id)).not.toHaveProperty('codes');
  await world.parts.meetings.delete(meeting.id);
  expect(await world.parts.admissions.rules(meeting.id)).toBeUndefined();
});

test('a meeting that an older version kept is found, listed, entered and changed', async () => {
  const { id, name, codes, createdAtMs } = await newMeeting(world);
  const kept = { id, name, codes, createdAtMs, muteOnEntry: true };
  await world.store.put(`meeting:${id}`, { value: kept });
  const whole = { ...kept, ...standardRules('en'), muteOnEntry: true };
  expect(await world.parts.meetings.get(id)).toEqual(whole);
  expect(await world.parts.meetings.list()).toEqual([whole]);
  expect(await admit(whole)).toMatchObject({ kind: 'join', muted: true });
  const changed = await world.parts.meetings.change(id, { lobby: true });
  expect(changed).toEqual({ ok: true, meeting: { ...whole, lobby: true } });
});

test('who is banned is refused by number, in this meeting and in no other, until it is lifted', async () => {
  const meeting = await newMeeting(world);
  const other = await newMeeting(world);
  const ban = { name: 'Mallory', marks: mallory, by: 'console' };
  const result = await world.parts.bans.add(meeting.id, ban);
  if (!result.ok) throw new Error(result.reason);
  expect(result.ban).toMatchObject({ name: 'Mallory', number: '+49…1234', by: 'console' });
  expect(await admit(meeting, {}, mallory)).toEqual({ kind: 'refuse', why: 'banned' });
  expect(await admit(meeting, { role: 'moderator' }, mallory)).toEqual({
    kind: 'refuse',
    why: 'banned',
  });
  expect(await admit(meeting, {}, { number: '+4930901235' })).toMatchObject({ kind: 'join' });
  expect(await admit(other, {}, mallory)).toMatchObject({ kind: 'join' });
  told.length = 0;
  expect(await world.parts.bans.lift(meeting.id, result.ban.id)).toBe(true);
  expect(told).toEqual([meeting.id]);
  expect(await admit(meeting, {}, mallory)).toMatchObject({ kind: 'join' });
  expect(await world.parts.bans.lift(meeting.id, result.ban.id)).toBe(false);
});

test('bans end with the meeting', async () => {
  const meeting = await newMeeting(world);
  await world.parts.bans.add(meeting.id, { name: 'Mallory', marks: mallory, by: 'console' });
  await world.parts.meetings.end(meeting.id);
  expect(await world.parts.bans.list(meeting.id)).toEqual([]);
  expect(await world.store.list('bans:')).toEqual([]);
});

test('there are no more than 500 bans, and of two at once one is the last', async () => {
  const meeting = await newMeeting(world);
  const ban = (n: number) =>
    world.parts.bans.add(meeting.id, { name: 'M', marks: { personId: `p${n}` }, by: 'console' });
  await ban(0);
  const [first] = await world.parts.bans.list(meeting.id);
  await world.store.put(`bans:${meeting.id}`, { value: Array.from({ length: 499 }, () => first) });
  const made = await Promise.all([ban(1), ban(2)]);
  expect(made.filter(({ ok }) => ok)).toHaveLength(1);
  expect(made).toContainEqual({ ok: false, reason: 'too-many' });
  expect(await world.parts.bans.list(meeting.id)).toHaveLength(500);
});
