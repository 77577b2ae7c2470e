import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDate, endsAtMs, isSame, occupied } from '../../../api/bigbluebutton/meeting.ts';
import type { BbbMeeting } from '../../../api/bigbluebutton/meeting.ts';
import type { Meeting } from '../../../meetings/rules/meeting.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { makeStaff, STAFF, startBigBlueButtonWorld } from '../../support/bigbluebutton.ts';
import type { BbbWorld, Params } from '../../support/bigbluebutton.ts';
import { START_MS } from '../../support/meetings.ts';
import { arrival, somebody } from '../../support/scripted-rooms.ts';

const MINUTE = 60_000;

const SOON = { interval: 5, timeout: 5_000 };

let world: BbbWorld;
beforeEach(async () => {
  world = await startBigBlueButtonWorld();
});
afterEach(() => world.stop());

const make = (more: Params) => makeStaff(world, more);

function pass(minutes: number): void {
  world.clock.pass(minutes * MINUTE);
  world.timers.pass(minutes * MINUTE);
}

const hasEnded = async ({ id }: Meeting) =>
  (await world.parts.meetings.get(id))?.endedAtMs !== undefined;
const ends = (meeting: Meeting) => expect.poll(() => hasEnded(meeting), SOON).toBe(true);
const comes = (meeting: Meeting) => world.rooms.tell(arrival(meeting.id, somebody(1)));
const leaves = ({ id: room }: Meeting) =>
  world.rooms.tell({ kind: 'participant-left', room, id: somebody(1).id, reason: 'hung-up' });
/** All that was begun is done: a call comes behind it. */
const settled = () => world.call('getMeetings');

test('a meeting is over when its time is up, whoever is there', async () => {
  const meeting = await make({ duration: 30 });
  comes(meeting);
  pass(29);
  await settled();
  expect(await hasEnded(meeting)).toBe(false);
  pass(1);
  await ends(meeting);
  const wishes = [{ kind: 'close-room', room: meeting.id }];
  await expect.poll(() => world.rooms.wishes, SOON).toEqual(wishes);
});

test('its time is up over a restart of ours too, even while we were away', async () => {
  const meeting = await make({ duration: 30 });
  comes(meeting);
  await settled();
  world.clock.pass(31 * MINUTE);
  world = await world.restart();
  world.timers.pass(1);
  await ends(meeting);
});

test('nobody comes: it is over after five minutes, or when the client says', async () => {
  const standard = await make({});
  pass(5);
  await ends(standard);
  const asked = await make({ meetingID: 'asked', meetingExpireIfNoUserJoinedInMinutes: 20 });
  pass(19);
  await settled();
  expect(await hasEnded(asked)).toBe(false);
  pass(1);
  await ends(asked);
});

test('with 0 it waits for ever', async () => {
  const meeting = await make({ meetingExpireIfNoUserJoinedInMinutes: 0 });
  expect(world.timers.waiting).toEqual([]);
  pass(10_000);
  await settled();
  expect(await hasEnded(meeting)).toBe(false);
});

test('a caller alone keeps it going; when the last has left it is over after a minute', async () => {
  const meeting = await make({});
  comes(meeting);
  pass(600);
  await settled();
  expect(await hasEnded(meeting)).toBe(false);
  leaves(meeting);
  pass(0.5);
  comes(meeting);
  pass(2);
  await settled();
  expect(await hasEnded(meeting)).toBe(false);
  leaves(meeting);
  pass(1);
  await ends(meeting);
});

test('after a restart those who were there have the same time to be seen again', async () => {
  const meeting = await make({ meetingExpireWhenLastUserLeftInMinutes: 3 });
  comes(meeting);
  await settled();
  world.clock.pass(60 * MINUTE);
  world = await world.restart();
  pass(2);
  comes(meeting);
  pass(5);
  await settled();
  expect(await hasEnded(meeting)).toBe(false);
});

test('while a switch is away nobody can say that nobody is there', async () => {
  const meeting = await make({});
  world.rooms.status = [{ node: '127.0.0.1:8021', state: 'connecting' }];
  pass(5);
  await settled();
  expect(await hasEnded(meeting)).toBe(false);
  world.rooms.status = [{ node: '127.0.0.1:8021', state: 'joined' }];
  pass(1);
  await ends(meeting);
});

test('an ended meeting is told of for an hour, and has no timer', async () => {
  const meeting = await make({ duration: 30 });
  await world.parts.meetings.end(meeting.id);
  await settled();
  expect(world.timers.waiting).toEqual([]);
  const at = async () => {
    const info = await world.call('getMeetingInfo', { meetingID: 'staff-1' });
    return info.at('messageKey') ?? info.at('hasBeenForciblyEnded');
  };
  expect(await at()).toBe('true');
  world.clock.pass(60 * MINUTE);
  expect(await at()).toBe('notFound');
});

test('one that the console deletes is gone at once', async () => {
  const meeting = await make({});
  await world.parts.meetings.delete(meeting.id);
  expect((await world.call('getMeetingInfo', { meetingID: 'staff-1' })).at('messageKey')).toBe(
    'notFound',
  );
  const again = await world.call('create', STAFF);
  expect(again.at('messageKey')).toBe('');
});

const KEPT: BbbMeeting = {
  meetingID: 'staff-1',
  name: 'Staff',
  attendeePW: 'ap',
  moderatorPW: 'mp',
  voiceBridge: '71296',
  dialNumber: '7000',
  maxUsers: 0,
  durationMinutes: 0,
  record: false,
  muteOnStart: false,
  modsUnmute: false,
  listenOnly: false,
  guestPolicy: 'ALWAYS_ACCEPT',
  unjoinedMinutes: 5,
  emptyMinutes: 1,
  metadata: {},
  endCallbacks: [],
  room: 'm-aaaaaaaaaaaaaaaa' as RoomId,
  createdAtMs: START_MS,
};

test.each([
  [{}, 5],
  [{ durationMinutes: 3 }, 3],
  [{ durationMinutes: 30, joinedAtMs: START_MS }, 30],
  [{ joinedAtMs: START_MS }, undefined],
  [{ joinedAtMs: START_MS, emptySinceMs: START_MS + 7 * MINUTE }, 8],
  [{ durationMinutes: 2, joinedAtMs: START_MS, emptySinceMs: START_MS + 7 * MINUTE }, 2],
  [{ joinedAtMs: START_MS, emptySinceMs: START_MS, emptyMinutes: 0 }, undefined],
])('with %j it ends after %s minutes', (more, minutes) => {
  const ending = endsAtMs({ ...KEPT, ...more });
  expect(ending).toBe(minutes === undefined ? undefined : START_MS + minutes * MINUTE);
});

test('who comes and goes is written down once', () => {
  expect(occupied(KEPT, false, 1)).toBe(KEPT);
  const joined = occupied(KEPT, true, 2);
  expect(joined).toEqual({ ...KEPT, joinedAtMs: 2 });
  expect(occupied(joined, true, 3)).toBe(joined);
  const empty = occupied(joined, false, 4);
  expect(empty).toEqual({ ...joined, emptySinceMs: 4 });
  expect(occupied(empty, false, 5)).toBe(empty);
  expect(occupied(empty, true, 6)).toEqual(joined);
});

test('a wish that names less is the same, one that names other things is not', () => {
  expect(isSame(KEPT, { meetingID: 'staff-1', name: 'Staff' })).toBe(true);
  expect(isSame(KEPT, { meetingID: 'staff-1', name: 'Staff', record: false })).toBe(true);
  expect(isSame(KEPT, { meetingID: 'staff-1', name: 'Staff', record: true })).toBe(false);
});

test('the date is written as Java writes it', () => {
  expect(createDate({ ...KEPT, createdAtMs: Date.UTC(2018, 6, 9, 17, 3, 29) })).toBe(
    'Mon Jul 09 17:03:29 UTC 2018',
  );
});
