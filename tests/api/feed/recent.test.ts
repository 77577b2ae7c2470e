import { expect, test } from 'vitest';
import { Recent } from '../../../api/feed/recent.ts';
import { apply } from '../../../protocol/room/apply.ts';
import type { RoomEvent } from '../../../protocol/room/event.ts';
import type { Rooms } from '../../../protocol/room/room.ts';
import { roomNumber } from '../../support/log-at.ts';
import { TestClock } from '../../support/meetings.ts';
import { arrival, somebody } from '../../support/scripted-rooms.ts';

const ROOM = roomNumber(1);
const left = (n: number): RoomEvent => ({
  kind: 'participant-left',
  ...{ room: ROOM, id: somebody(n).id, reason: 'hung-up' },
});

function logged(clock: TestClock, ...events: readonly RoomEvent[]): Recent {
  const recent = new Recent(clock.now);
  events.forEach((event, at) =>
    recent.hear({ meeting: ROOM, seq: at + 1, atMs: 0, note: { kind: 'event', event } }),
  );
  return recent;
}

const after = (rooms: Rooms, ...events: readonly RoomEvent[]) => events.reduce(apply, rooms);

test('a fact of another process that the log told first is in a snapshot under its number', () => {
  const recent = logged(new TestClock(), arrival(ROOM, somebody(1)), arrival(ROOM, somebody(2)));
  const known = after(new Map(), arrival(ROOM, somebody(1)));
  expect([...(recent.over(known).get(ROOM)?.people.keys() ?? [])]).toEqual([
    somebody(1).id,
    somebody(2).id,
  ]);
});

test('wherever the log stands and however far the facts are known, a snapshot and what follows it end alike', () => {
  const story = [
    arrival(ROOM, somebody(1)),
    arrival(ROOM, somebody(2)),
    arrival(ROOM, somebody(1, { muted: true })),
    left(2),
    arrival(ROOM, somebody(1)),
    arrival(ROOM, somebody(2, { hand: true })),
    left(1),
    { kind: 'room-closed', room: ROOM } as const,
    arrival(ROOM, somebody(3)),
  ];
  const end = after(new Map(), ...story);
  for (let told = 0; told <= story.length; told++)
    for (let known = 0; known <= story.length; known++) {
      const recent = logged(new TestClock(), ...story.slice(0, told));
      const snapshot = recent.over(after(new Map(), ...story.slice(0, known)));
      expect(after(snapshot, ...story.slice(told)), `${told} told, ${known} known`).toEqual(end);
    }
});

test('what is older than any lag is not gone through again', () => {
  const clock = new TestClock();
  const recent = logged(clock, arrival(ROOM, somebody(1)));
  clock.pass(10_001);
  expect(recent.over(new Map()).size).toBe(0);
});
