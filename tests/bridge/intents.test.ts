import { describe, expect, test } from 'vitest';
import { intended, NO_INTENTS, shown, took } from '../../bridge/intents.ts';
import type { Intents } from '../../bridge/intents.ts';
import { apply } from '../../protocol/room/apply.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { Room, RoomId, Rooms } from '../../protocol/room/room.ts';

const ROOM = 'm-aaaaaaaaaaaaaaaa' as RoomId;
const OPENED: RoomEvent = { kind: 'room-opened', room: ROOM, openedAtMs: 0 };
const MINUTE_MS = 60_000;

function fact(locked: boolean, recording = false): RoomEvent {
  return { kind: 'room-updated', room: ROOM, locked, recording };
}

function room(...facts: readonly RoomEvent[]): Room {
  const rooms = [OPENED, ...facts].reduce<Rooms>(apply, new Map());
  const found = rooms.get(ROOM);
  if (!found) throw new Error('the room is open');
  return found;
}

const lock = (on: boolean) => ({ kind: 'set-locked', room: ROOM, on }) as const;
const record = (on: boolean) => ({ kind: 'set-recording', room: ROOM, on }) as const;
const locking = (open = room()): Intents => took(NO_INTENTS, lock(true), open, 0);

describe('a FreeSWITCH that took a lock and died before it told', () => {
  test('leaves a room that is to be locked where it is made anew', () => {
    expect(intended(locking(), room(), 1_000)).toEqual({ locked: true, recording: false });
  });

  test('leaves one that is to be open, where it took an unlock', () => {
    const locked = room(fact(true));
    const intents = took(NO_INTENTS, lock(false), locked, 0);
    expect(intended(intents, locked, 1_000).locked).toBe(false);
  });

  test('leaves a recording that is to begin, beside the lock', () => {
    const intents = took(locking(), record(true), room(), 10);
    expect(intended(intents, room(), 1_000)).toEqual({ locked: true, recording: true });
  });

  test('is not followed a minute later, when an audit would have brought the truth', () => {
    expect(intended(locking(), room(), MINUTE_MS).locked).toBe(false);
  });
});

describe('nothing is intended any more', () => {
  test('once the fact has shown it', () => {
    expect(shown(locking(), fact(true))).toEqual(NO_INTENTS);
  });

  test('where the fact came before the reply', () => {
    expect(locking(room(fact(true)))).toEqual(NO_INTENTS);
  });

  test('where it was taken back before it was told', () => {
    expect(took(locking(), lock(false), room(), 10)).toEqual(NO_INTENTS);
  });

  test('once the room is over', () => {
    expect(shown(locking(), { kind: 'room-closed', room: ROOM })).toEqual(NO_INTENTS);
  });
});

test('what another fact says of the rest takes nothing back', () => {
  const intents = shown(took(locking(), record(true), room(), 0), fact(false, true));
  expect(intended(intents, room(fact(false, true)), 1)).toEqual({ locked: true, recording: true });
});

test('other commands, and other rooms, intend nothing', () => {
  const mute = { kind: 'unmute-all', room: ROOM } as const;
  expect(took(NO_INTENTS, mute, room(), 0)).toEqual(NO_INTENTS);
  expect(took(NO_INTENTS, lock(true), undefined, 0)).toEqual(NO_INTENTS);
});
