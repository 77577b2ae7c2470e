import { describe, expect, test } from 'vitest';
import {
  hallOf,
  hallWith,
  toldOutside,
  withCall,
  withWaiting,
  withoutCall,
  withoutWaiting,
} from '../../../bridge/halls.ts';
import type { Halls } from '../../../bridge/halls.ts';
import type { RoomEvent } from '../../../protocol/room/event.ts';
import { OTHER_ROOM, ROOM } from '../../support/bridge-world.ts';
import { somebody } from '../../support/scripted-rooms.ts';

const NONE: Halls = new Map();
const waiting = somebody(1, { state: 'lobby' });
const call = {
  id: somebody(2).id,
  name: 'B',
  number: '',
  state: 'calling',
  startedAtMs: 0,
} as const;
const opened: RoomEvent = { kind: 'room-opened', room: ROOM, openedAtMs: 1 };
const closed: RoomEvent = { kind: 'room-closed', room: ROOM };

describe('a meeting', () => {
  test('has a hall for as long as somebody waits or is called', () => {
    const both = withCall(withWaiting(NONE, ROOM, waiting), ROOM, call);
    expect(hallOf(both, ROOM).lobby.get(waiting.id)).toBe(waiting);
    expect(hallWith(both, waiting.id)).toBe(ROOM);
    expect(hallWith(both, somebody(9).id)).toBeUndefined();
    const called = withoutWaiting(both, ROOM, waiting.id);
    expect([...called.keys()]).toEqual([ROOM]);
    expect(withoutCall(called, ROOM, call.id).size).toBe(0);
    expect(hallOf(NONE, OTHER_ROOM).calls.size).toBe(0);
  });

  test('is opened once for others', () => {
    const told = toldOutside([opened, opened], new Set(), NONE);
    expect(told.facts).toEqual([opened]);
    expect(toldOutside([opened], told.open, NONE).facts).toEqual([]);
  });

  test('is not closed by the end of its conference while somebody waits', () => {
    const halls = withWaiting(NONE, ROOM, waiting);
    const told = toldOutside([closed], new Set([ROOM]), halls);
    expect(told.facts).toEqual([
      { kind: 'room-updated', room: ROOM, locked: false, recording: false },
    ]);
    expect(told.open.has(ROOM)).toBe(true);
  });

  test('is closed when nobody is left', () => {
    const told = toldOutside([closed], new Set([ROOM]), NONE);
    expect(told.facts).toEqual([closed]);
    expect(told.open.size).toBe(0);
  });
});
