import { afterEach, beforeEach, expect, test } from 'vitest';
import { Gatherings } from '../../meetings/gatherings.ts';
import { Leases } from '../../meetings/leases.ts';
import type { Meeting, MeetingWish } from '../../meetings/rules/meeting.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import { newMeeting } from '../support/api.ts';
import { START_MS, TestTimers, startMeetings } from '../support/meetings.ts';
import type { TestMeetings } from '../support/meetings.ts';
import { ScriptedRooms, arrival, somebody } from '../support/scripted-rooms.ts';

const MINUTE_MS = 60_000;
const BREAKOUT = 'm-bbbbbbbbbbbbbbbb' as RoomId;
const ada = somebody(1, { role: 'moderator' });
const ben = somebody(2);

let world: TestMeetings;
let rooms: ScriptedRooms;
let timers: TestTimers;
let running: Gatherings;
let breakouts: RoomId[];
let meeting: Meeting;

beforeEach(async () => {
  world = await startMeetings();
  rooms = new ScriptedRooms();
  rooms.took = (command) => {
    const { room } = command;
    if (command.kind === 'close-room')
      for (const { id } of [ada, ben])
        rooms.tell({ kind: 'participant-left', room, id, reason: 'meeting-ended' });
    if (command.kind !== 'announce-end') return;
    const { end } = command;
    rooms.tell({ kind: 'room-ends', room, ...(end !== undefined && { end }) });
  };
  breakouts = [];
  begin('one');
});
afterEach(async () => {
  await running.stop();
  await world.stop();
});

function begin(holder: string): void {
  timers = new TestTimers();
  running = new Gatherings({
    store: world.store,
    leases: new Leases(world.store, holder),
    meetings: world.parts.meetings,
    rooms,
    family: {
      mainOf: (room) => (room === BREAKOUT ? meeting.id : room),
      breakoutsOf: () => breakouts,
    },
    now: world.clock.now,
    after: timers.after,
    log: () => undefined,
  });
  running.start();
}

/** A minute on the clock, and what is due in it: a look asks the store before it waits again. */
async function pass(minutes: number): Promise<void> {
  for (let n = 0; n < minutes * 2; n++) {
    world.clock.pass(MINUTE_MS / 2);
    timers.pass(MINUTE_MS / 2);
    await settled();
  }
}

/** Looks may lead to facts, and these to looks. */
async function settled(): Promise<void> {
  for (let n = 0; n < 3; n++) await running.idle();
}

async function gather(wish: Partial<MeetingWish>): Promise<void> {
  meeting = await newMeeting(world, wish);
  for (const person of [ada, ben]) rooms.tell(arrival(meeting.id, person));
  await settled();
}

const wishes = () =>
  rooms.wishes.map((wish) =>
    wish.kind === 'announce-end' ? `announce ${wish.end?.why ?? 'that it goes on'}` : wish.kind,
  );
const leave = (id = ada.id) =>
  rooms.tell({ kind: 'participant-left', room: meeting.id, id, reason: 'hung-up' });

test('the longest time is announced twice and ends the meeting; a permanent one stays open', async () => {
  await gather({ maxMinutes: 7 });
  await pass(8);
  expect(wishes()).toEqual(['announce time', 'announce time', 'close-room']);
  expect((await world.parts.meetings.get(meeting.id))?.endedAtMs).toBeUndefined();
});

test('a meeting of one date is ended for good', async () => {
  await gather({ maxMinutes: 3, startsAtMs: START_MS - MINUTE_MS });
  await pass(3);
  expect(wishes().at(-1)).toBe('close-room');
  expect((await world.parts.meetings.get(meeting.id))?.endedAtMs).toBeDefined();
});

test('the last moderator who returns calls the end off', async () => {
  await gather({ endWithoutModeratorMinutes: 3 });
  leave();
  await settled();
  rooms.tell(arrival(meeting.id, ada));
  await settled();
  await pass(5);
  expect(wishes()).toEqual(['announce no-moderator', 'announce that it goes on']);
});

test('one who speaks after the word on silence calls it off at once', async () => {
  await gather({ endWhenSilentMinutes: 3 });
  await pass(2);
  expect(wishes()).toEqual(['announce silence']);
  rooms.tell(arrival(meeting.id, { ...ben, talking: true }));
  await settled();
  expect(wishes()).toEqual(['announce silence', 'announce that it goes on']);
});

test('what was counted holds after the bridge was started anew', async () => {
  await gather({ maxMinutes: 6 });
  await pass(3);
  await running.stop();
  world.clock.pass(MINUTE_MS);
  begin('two');
  await settled();
  await pass(2);
  expect(wishes()).toEqual(['announce time', 'announce time', 'close-room']);
});

test('one that everybody left while nobody looked is over some minutes later', async () => {
  await gather({ endWhenEmptyMinutes: 2, startsAtMs: START_MS });
  await running.stop();
  leave();
  leave(ben.id);
  begin('two');
  await pass(10);
  expect((await world.parts.meetings.get(meeting.id))?.endedAtMs).toBeDefined();
});

test('who is in a breakout room has not left, and hears of the end', async () => {
  await gather({ endWithoutModeratorMinutes: 2, maxMinutes: 3 });
  breakouts = [BREAKOUT];
  rooms.tell(arrival(BREAKOUT, ada));
  leave();
  await settled();
  await pass(2);
  expect(rooms.wishes).toMatchObject([
    { kind: 'announce-end', room: meeting.id, end: { why: 'time' } },
    { kind: 'announce-end', room: BREAKOUT, end: { why: 'time' } },
  ]);
});

test('while FreeSWITCH is away nobody is judged', async () => {
  await gather({ endWhenEmptyMinutes: 1, startsAtMs: START_MS });
  rooms.status = [{ node: 'a', state: 'connecting' }];
  leave();
  leave(ben.id);
  await pass(5);
  expect((await world.parts.meetings.get(meeting.id))?.endedAtMs).toBeUndefined();
});

test('of two processes that see the room one looks after it', async () => {
  meeting = await newMeeting(world, { maxMinutes: 3 });
  const first = { running, timers };
  begin('two');
  for (const person of [ada, ben]) rooms.tell(arrival(meeting.id, person));
  await settled();
  for (let n = 0; n < 6; n++) {
    world.clock.pass(MINUTE_MS / 2);
    for (const each of [first.timers, timers]) each.pass(MINUTE_MS / 2);
    await Promise.all([settled(), first.running.idle()]);
  }
  await first.running.stop();
  expect(wishes()).toEqual(['announce time', 'close-room']);
});

test('rules that come later count from then on, without rules nothing is kept', async () => {
  await gather({});
  expect(await world.store.list('gathering:')).toEqual([]);
  await world.parts.meetings.change(meeting.id, { maxMinutes: 2 });
  await settled();
  expect(await world.store.list('gathering:')).toHaveLength(1);
  await pass(2);
  expect(wishes()).toEqual(['announce time', 'close-room']);
  expect(await world.store.list('gathering:')).toEqual([]);
});
