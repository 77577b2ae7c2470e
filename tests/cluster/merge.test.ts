import { describe, expect, test } from 'vitest';
import {
  arrivedAt,
  NOTHING,
  nodesOf,
  withFact,
  withFound,
  withoutNode,
  withSnapshot,
} from '../../cluster/core/merge.ts';
import type { Merged, MergeStep } from '../../cluster/core/merge.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import { toSnapshot } from '../../protocol/room/snapshot.ts';
import type { Participant, ParticipantId, RoomId } from '../../protocol/room/room.ts';

const ROOM = 'm-abcdefghijklmnop' as RoomId;
const OTHER = 'm-bcdefghijklmnopq' as RoomId;
const leg = (n: number) => `00000000-0000-0000-0000-00000000000${n}` as ParticipantId;

function person(n: number, muted = false): Participant {
  return {
    id: leg(n),
    name: `Caller ${n}`,
    number: '',
    via: 'phone',
    role: 'participant',
    state: 'joined',
    muted,
    deaf: false,
    held: false,
    talking: false,
    hand: false,
    volume: { in: 0, out: 0 },
    joinedAtMs: n,
  };
}

const opened = (room = ROOM): RoomEvent => ({ kind: 'room-opened', room, openedAtMs: 1 });
const here = (n: number, muted = false, room = ROOM): RoomEvent => ({
  kind: 'participant-updated',
  ...{ room, participant: person(n, muted) },
});
const left = (n: number, room = ROOM): RoomEvent => ({
  kind: 'participant-left',
  ...{ room, id: leg(n), reason: 'hung-up' },
});
const closed = (room = ROOM): RoomEvent => ({ kind: 'room-closed', room });

/** One driver's facts of one node, one after the other. */
function after(
  merged: Merged,
  node: string,
  token: number,
  ...events: readonly RoomEvent[]
): MergeStep {
  const facts: RoomEvent[] = [];
  for (const event of events) {
    const step = withFact(merged, { node, token, event });
    merged = step.merged;
    facts.push(...step.facts);
  }
  return { merged, facts };
}

const inside = ({ rooms }: Merged, room = ROOM) => [...(rooms.get(room)?.people.keys() ?? [])];

describe('rooms of several nodes', () => {
  test('are shown together, each told once', () => {
    const one = after(NOTHING, 'a', 1, opened(), here(1), here(1));
    expect(one.facts).toEqual([opened(), here(1)]);
    const both = after(one.merged, 'b', 1, opened(OTHER), here(2, false, OTHER));
    expect([...both.merged.rooms.keys()]).toEqual([ROOM, OTHER]);
    expect(nodesOf(both.merged, OTHER)).toEqual(['b']);
  });

  test('a room that goes on at another node is not over', () => {
    const start = after(NOTHING, 'a', 1, opened(), here(1), here(2)).merged;
    const moved = after(start, 'b', 1, opened(), here(1)).merged;
    const end = after(moved, 'a', 1, left(1), left(2), closed());
    expect(end.facts).toEqual([left(2)]);
    expect(inside(end.merged)).toEqual([leg(1)]);
    expect(nodesOf(end.merged, ROOM)).toEqual(['b']);
  });

  test('a dead node takes its people along, and nobody else', () => {
    const start = after(NOTHING, 'a', 1, opened(), here(1)).merged;
    const both = after(start, 'b', 1, opened(OTHER), here(2, false, OTHER)).merged;
    const end = withoutNode(both, 'a');
    expect(end.facts.map(({ kind }) => kind)).toEqual(['participant-left', 'room-closed']);
    expect([...end.merged.rooms.keys()]).toEqual([OTHER]);
  });
});

describe('a node with a new driver', () => {
  const before = withFound(after(NOTHING, 'a', 5, opened(), here(1), here(2)).merged, {
    node: 'a',
    token: 5,
  }).merged;

  test('its people stay while they are found again, and nothing is told twice', () => {
    const step = after(before, 'a', 6, opened(), here(1));
    expect(step.facts).toEqual([]);
    expect(inside(step.merged)).toEqual([leg(1), leg(2)]);
  });

  test('who left while nobody listened is told to have left, once all is found', () => {
    const seen = after(before, 'a', 6, opened(), here(1, true)).merged;
    const end = withFound(seen, { node: 'a', token: 6 });
    expect(end.facts).toEqual([left(2)]);
    expect(end.merged.rooms.get(ROOM)?.people.get(leg(1))?.muted).toBe(true);
    expect(withFound(end.merged, { node: 'a', token: 6 }).facts).toEqual([]);
  });

  test('a room that ended meanwhile is closed', () => {
    const end = withFound(before, { node: 'a', token: 6 });
    expect(end.facts).toEqual([left(1), left(2), closed()]);
    expect(end.merged.rooms.size).toBe(0);
  });

  test('what the driver before says late counts no more', () => {
    const seen = after(before, 'a', 6, opened(), here(1)).merged;
    expect(after(seen, 'a', 5, left(1), closed()).facts).toEqual([]);
    expect(withFound(seen, { node: 'a', token: 5 }).facts).toEqual([]);
  });

  test('who leaves while the rest is looked for is not found missing a second time', () => {
    const seen = after(before, 'a', 6, opened(), here(1), left(2)).merged;
    expect(withFound(seen, { node: 'a', token: 6 }).facts).toEqual([]);
  });
});

describe('a snapshot', () => {
  const room = (...people: readonly Participant[]) => ({
    ...{ id: ROOM, locked: true, recording: false, openedAtMs: 1, calls: [] },
    people,
  });
  const start = after(NOTHING, 'a', 5, opened(), here(1), here(2)).merged;

  test('mends what was missed: who came, who changed, who left', () => {
    const snapshot = {
      node: 'a',
      token: 5,
      found: true,
      rooms: [room(person(1, true), person(3))],
    };
    const step = withSnapshot(start, snapshot);
    expect(inside(step.merged)).toEqual([leg(1), leg(3)]);
    expect(step.facts.map(({ kind }) => kind)).toEqual([
      'room-updated',
      'participant-updated',
      'participant-updated',
      'participant-left',
    ]);
    expect(withSnapshot(step.merged, snapshot).facts).toEqual([]);
  });

  test('of a driver that still looks does not end what it has not found yet', () => {
    const step = withSnapshot(start, {
      node: 'a',
      token: 6,
      found: false,
      rooms: [room(person(1))],
    });
    expect(inside(step.merged)).toEqual([leg(1), leg(2)]);
    const end = withFound(step.merged, { node: 'a', token: 6 });
    expect(inside(end.merged)).toEqual([leg(1)]);
  });
});

describe('a room whose node is dead and whose people come to a node of another driver', () => {
  const moving = (n: number): RoomEvent => ({
    kind: 'participant-updated',
    ...{ room: ROOM, participant: { ...person(n), moving: true } },
  });
  const before = after(NOTHING, 'a', 1, opened(), here(1), here(2)).merged;
  const leaving = after(before, 'a', 1, moving(1), moving(2)).merged;
  const reopened: RoomEvent = { kind: 'room-opened', room: ROOM, openedAtMs: 9 };

  test('it has not begun anew, and commands go where somebody has arrived', () => {
    expect(nodesOf(leaving, ROOM)).toEqual(['a']);
    const back = after(leaving, 'b', 1, reopened, here(1));
    expect(back.facts).toEqual([here(1)]);
    expect(nodesOf(back.merged, ROOM)).toEqual(['b', 'a']);
    expect([arrivedAt(back.merged, leg(1)), arrivedAt(back.merged, leg(2))]).toEqual([
      ROOM,
      undefined,
    ]);
  });

  test('whose arrival was told first is not shown on the way again, nor left by the end there', () => {
    const early = after(before, 'b', 1, reopened, here(1)).merged;
    const late = after(early, 'a', 1, moving(1), left(1), left(2), closed());
    expect(late.facts).toEqual([left(2)]);
    expect(late.merged.rooms.get(ROOM)?.people.get(leg(1))?.moving).toBeUndefined();
    const snapshot = { node: 'a', token: 1, found: true, rooms: [...leaving.rooms.values()] };
    const rooms = snapshot.rooms.map(toSnapshot);
    expect(withSnapshot(early, { ...snapshot, rooms }).facts).toEqual([moving(2)]);
  });
});
