import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventLog, LoggedEvent } from '../../../meetings/events/event-log.ts';
import { openMeetings } from '../../../meetings/open.ts';
import { StoreUnavailable } from '../../../meetings/store/store.ts';
import { placeOnLmdb } from '../../support/event-logs.ts';
import type { LogPlace } from '../../support/event-logs.ts';
import { roomNumber } from '../../support/log-at.ts';
import { startMeetings, TestTimers } from '../../support/meetings.ts';
import type { TestMeetings } from '../../support/meetings.ts';
import { record } from '../../support/recorded.ts';
import { arrival, ScriptedRooms, somebody } from '../../support/scripted-rooms.ts';

const ROOM = roomNumber(1);
const GONE = roomNumber(2);

let meetings: TestMeetings;
let place: LogPlace;
let log: EventLog;
const timers = new TestTimers();
beforeEach(async () => {
  meetings = await startMeetings({ after: timers.after });
  place = await placeOnLmdb();
  log = await place.open({ now: meetings.clock.now, log: () => undefined });
});
afterEach(async () => {
  await log.close();
  await place.remove();
  await meetings.stop();
});

async function kept(meeting: string): Promise<readonly LoggedEvent['note'][]> {
  return (await log.read(meeting, 1, 100)).events.map(({ note }) => note);
}

/** One life of ours: what happens in it is written down. */
async function life(happen: (rooms: ScriptedRooms) => void, { findsRooms = true } = {}) {
  const rooms = new ScriptedRooms();
  const written = record(meetings, rooms, log);
  happen(rooms);
  await written.recorder.written();
  if (findsRooms) await written.recorder.found();
  await written.stop();
}

describe('what happens is written down', () => {
  test('each fact and each change of a meeting, in its order', async () => {
    const rooms = new ScriptedRooms();
    const written = record(meetings, rooms, log);
    const made = await meetings.parts.meetings.create({ name: 'Standup' });
    if (!made.ok) throw new Error(made.reason);
    const { id } = made.meeting;
    rooms.tell(arrival(id, somebody(1)));
    rooms.tell({ kind: 'room-closed', room: id });
    await meetings.parts.meetings.delete(id);
    await written.recorder.written();
    await written.stop();
    expect(await kept(id)).toMatchObject([
      { kind: 'meeting-updated', meeting: { name: 'Standup' } },
      { kind: 'event', event: { kind: 'participant-updated' } },
      { kind: 'event', event: { kind: 'room-closed' } },
      { kind: 'meeting-removed', id },
    ]);
  });

  test('twenty facts of one turn are one append', async () => {
    const sizes: number[] = [];
    const counting: EventLog = {
      append: (meeting, notes) => {
        sizes.push(notes.length);
        return log.append(meeting, notes);
      },
      read: (...asked) => log.read(...asked),
      subscribe: (listener) => log.subscribe(listener),
      close: () => log.close(),
    };
    const rooms = new ScriptedRooms();
    const written = record(meetings, rooms, counting);
    for (let n = 0; n < 20; n++) rooms.tell(arrival(ROOM, somebody(n, { talking: true })));
    await written.recorder.written();
    await written.stop();
    expect(sizes).toEqual([20]);
  });
});

describe('after a restart of us', () => {
  test('rooms that are found are restated whole, and those that are gone are closed', async () => {
    await life((rooms) => {
      for (const n of [1, 2]) rooms.tell(arrival(ROOM, somebody(n)));
      rooms.tell(arrival(GONE, somebody(3)));
    });
    await life((rooms) => rooms.tell(arrival(ROOM, somebody(2))));
    expect((await kept(ROOM)).slice(2)).toMatchObject([
      { kind: 'event', event: { participant: { name: 'Caller 2' } } },
      { kind: 'room-restated', room: { id: ROOM, people: [{ name: 'Caller 2' }] } },
    ]);
    expect((await kept(GONE)).slice(1)).toEqual([
      { kind: 'event', event: { kind: 'room-closed', room: GONE } },
    ]);
  });

  test('a room of this life is not restated, however often the rooms are compared', async () => {
    const rooms = new ScriptedRooms();
    const written = record(meetings, rooms, log);
    rooms.tell(arrival(ROOM, somebody(1)));
    for (let n = 0; n < 3; n++) await written.recorder.found();
    await written.stop();
    expect(await kept(ROOM)).toHaveLength(1);
  });

  test('a breakout room that is gone is closed where it was told of, though its set is forgotten', async () => {
    const { store, clock } = meetings;
    const set = { main: ROOM, rooms: [{ id: GONE, name: 'Red', number: 1 }], openedAtMs: 1 };
    const value = { ...set, self: false, returnWarningSeconds: 0, endsAtMs: clock.nowMs + 60_000 };
    await store.put(`breakouts:${ROOM}`, { value });
    await life((rooms) => rooms.tell(arrival(GONE, somebody(3))));
    await store.delete(`breakouts:${ROOM}`);
    await meetings.parts.stop();
    const again = { ...meetings, parts: await openMeetings(meetings.settings) };
    const written = record(again, new ScriptedRooms(), log);
    await written.recorder.found();
    await written.stop();
    await again.parts.stop();
    expect(await kept(ROOM)).toMatchObject([
      { event: { kind: 'participant-updated', room: GONE } },
      { event: { kind: 'room-closed', room: GONE } },
    ]);
    expect(await kept(GONE)).toEqual([]);
  });

  test('nothing is closed while a FreeSWITCH is away', async () => {
    await life((rooms) => rooms.tell(arrival(GONE, somebody(3))));
    await life((rooms) => {
      rooms.status = [{ node: '127.0.0.1:8021', state: 'connecting' }];
    });
    expect(await kept(GONE)).toHaveLength(1);
  });
});

describe('where other processes have rooms too', () => {
  test('a room that lives at one that was not heard yet is not closed', async () => {
    await life((rooms) => rooms.tell(arrival(GONE, somebody(3))));
    let isWhole = false;
    const rooms = new ScriptedRooms();
    const written = record(meetings, rooms, log, { isWhole: () => isWhole });
    await written.recorder.found();
    expect(await kept(GONE)).toHaveLength(1);
    isWhole = true;
    await written.recorder.found();
    expect(await kept(GONE)).toHaveLength(2);
    await written.stop();
  });

  test('a room that others told of is restated once its node was listed, with those who are on the way to it', async () => {
    await life((rooms) => {
      for (const n of [1, 2]) rooms.tell(arrival(ROOM, somebody(n)));
    });
    const [all, ours] = [new ScriptedRooms(), new ScriptedRooms()];
    const written = record(meetings, all, log, { ours });
    all.tell(arrival(ROOM, somebody(1, { moving: true })));
    for (const rooms of [all, ours]) rooms.tell(arrival(ROOM, somebody(2)));
    await written.recorder.found(() => false);
    expect(await kept(ROOM)).toHaveLength(3);
    await written.recorder.found(() => true);
    await written.stop();
    expect((await kept(ROOM)).slice(3)).toMatchObject([
      { kind: 'room-restated', room: { people: [{ moving: true }, { name: 'Caller 2' }] } },
    ]);
  });
});

test('what the log did not take is made good by the state of every room', async () => {
  let isAway = false;
  const failing: EventLog = {
    append: (meeting, notes) =>
      isAway ? Promise.reject(new StoreUnavailable('away')) : log.append(meeting, notes),
    read: (...asked) => log.read(...asked),
    subscribe: (listener) => log.subscribe(listener),
    close: () => log.close(),
  };
  const rooms = new ScriptedRooms();
  const written = record(meetings, rooms, failing);
  for (const n of [1, 2]) rooms.tell(arrival(ROOM, somebody(n)));
  rooms.tell(arrival(GONE, somebody(3)));
  await written.recorder.written();
  isAway = true;
  rooms.tell({ kind: 'room-closed', room: GONE });
  rooms.tell({ kind: 'participant-left', room: ROOM, id: somebody(1).id, reason: 'hung-up' });
  const made = await meetings.parts.meetings.create({ name: 'Meanwhile' });
  if (!made.ok) throw new Error(made.reason);
  await written.recorder.written();
  isAway = false;
  timers.pass(500);
  await expect.poll(async () => (await kept(GONE)).length).toBe(2);
  await written.recorder.written();
  await written.stop();
  expect((await kept(ROOM)).slice(2)).toMatchObject([
    { kind: 'room-restated', room: { people: [{ name: 'Caller 2' }] } },
  ]);
  expect((await kept(GONE)).slice(1)).toMatchObject([{ event: { kind: 'room-closed' } }]);
  expect(await kept(made.meeting.id)).toMatchObject([{ kind: 'meeting-updated' }]);
});
