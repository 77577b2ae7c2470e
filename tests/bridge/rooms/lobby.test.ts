import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RoomEvent } from '../../../protocol/room/event.ts';
import { lobbyQueue } from '../../../protocol/room/rows.ts';
import { BridgeWorld, ROOM, header, identity, leg } from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start();
  world.admissions.admission = (room, role, _people, { admitted }) =>
    admitted || role === 'moderator'
      ? { kind: 'join', room, role, muted: role === 'participant' }
      : { kind: 'lobby', room, role };
});
afterEach(async () => {
  await world.stop();
});

async function comes(n: number, more: Parameters<typeof identity>[1] = {}): Promise<void> {
  world.freeswitch.park(leg(n), header(identity(`Caller ${n}`, more)));
  await eventually(`leg ${n} waits`, () => world.find(n)?.state === 'lobby');
}

function queue(): string[] {
  const room = world.bridge.rooms().get(ROOM);
  return room === undefined ? [] : lobbyQueue(room).map(({ id }) => id);
}

function lefts(): unknown[] {
  return world.facts
    .filter((fact): fact is Extract<RoomEvent, { kind: 'participant-left' }> => {
      return fact.kind === 'participant-left';
    })
    .map(({ id, reason }) => [id, reason]);
}

async function isInside(n: number): Promise<void> {
  await eventually(`leg ${n} is inside`, () => world.find(n)?.state === 'joined');
}

describe('a caller in the lobby', () => {
  test('is shown, and opens the room, though FreeSWITCH has none', async () => {
    await comes(1);
    expect(world.facts.map(({ kind }) => kind)).toEqual(['room-opened', 'participant-updated']);
    expect(world.find(1)).toMatchObject({ state: 'lobby', name: 'Caller 1', muted: false });
    expect(world.heardLike(/conference m-/)).toEqual([]);
  });

  test('waits in the order of coming, and hears music', async () => {
    for (const n of [1, 2]) {
      await comes(n);
      world.nowMs += 1000;
    }
    expect(queue()).toEqual([leg(1), leg(2)]);
    await eventually('music', () => world.heardLike(/hold-music/).length === 2);
  });

  test('is let in by a moderator, muted as the meeting says, without leaving first', async () => {
    await comes(1);
    expect(await world.bridge.execute({ kind: 'admit', room: ROOM, id: leg(1) })).toEqual({
      ok: true,
    });
    await isInside(1);
    expect(world.find(1)).toMatchObject({ muted: true, mutedBy: 'entry' });
    expect(lefts()).toEqual([]);
    expect(queue()).toEqual([]);
    expect(await world.bridge.execute({ kind: 'admit', room: ROOM, id: leg(1) })).toMatchObject({
      reason: 'refused',
    });
  });

  test('is refused with a spoken word', async () => {
    await comes(1);
    await world.bridge.execute({ kind: 'remove', room: ROOM, id: leg(1) });
    await eventually('refused', () => world.heardLike(/\/refused\.wav/).length === 1);
    await world.gone(1);
    expect(lefts()).toEqual([[leg(1), 'refused']]);
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    await eventually('closed', () => !world.bridge.rooms().has(ROOM));
  });

  test('that hangs up is gone, and the room with the last', async () => {
    await comes(1);
    await comes(2);
    world.freeswitch.hangUp(leg(1));
    await world.gone(1);
    expect(world.bridge.rooms().has(ROOM)).toBe(true);
    world.freeswitch.hangUp(leg(2));
    await eventually('closed', () => !world.bridge.rooms().has(ROOM));
    expect(lefts()).toEqual([
      [leg(1), 'hung-up'],
      [leg(2), 'hung-up'],
    ]);
  });

  test('may be renamed, but not muted', async () => {
    await comes(1);
    await world.bridge.execute({ kind: 'rename', room: ROOM, id: leg(1), name: 'Ada' });
    expect(world.find(1)).toMatchObject({ name: 'Ada', state: 'lobby' });
    const muting = { kind: 'set-muted', room: ROOM, id: leg(1), on: true, by: 'program' } as const;
    expect(await world.bridge.execute(muting)).toMatchObject({ reason: 'refused' });
  });

  test('still waits when the conference ends, and is in the same place after a restart', async () => {
    await comes(1);
    world.nowMs += 1000;
    await comes(2);
    const since = world.find(1)?.joinedAtMs;
    await world.join(3, 'Mod', { role: 'moderator' });
    world.freeswitch.hangUp(leg(3));
    await world.gone(3);
    expect(world.bridge.rooms().get(ROOM)?.people.size).toBe(2);
    expect(world.facts.some(({ kind }) => kind === 'room-closed')).toBe(false);
    await world.bridge.stop();
    world.nowMs += 60_000;
    await world.startBridge();
    await eventually('both wait', () => queue().length === 2);
    expect(queue()).toEqual([leg(1), leg(2)]);
    expect(world.find(1)?.joinedAtMs).toBe(since);
    await world.bridge.execute({ kind: 'admit', room: ROOM, id: leg(1) });
    await isInside(1);
  });
});

test('all are let in at once', async () => {
  for (const n of [1, 2, 3]) await comes(n);
  await world.bridge.execute({ kind: 'admit-all', room: ROOM });
  for (const n of [1, 2, 3]) await isInside(n);
});

test('all are refused at once', async () => {
  for (const n of [1, 2]) await comes(n);
  await world.bridge.execute({ kind: 'refuse-all', room: ROOM });
  await eventually('closed', () => !world.bridge.rooms().has(ROOM));
  expect(lefts().sort()).toEqual([
    [leg(1), 'refused'],
    [leg(2), 'refused'],
  ]);
});

test('the end of a meeting is told to those inside and to those who wait', async () => {
  await comes(1);
  await world.join(2, 'Mod', { role: 'moderator' });
  await world.bridge.execute({ kind: 'close-room', room: ROOM });
  await eventually('told', () => world.heardLike(/meeting-over/).length === 2);
  await eventually('closed', () => !world.bridge.rooms().has(ROOM));
  expect(lefts().sort()).toEqual([
    [leg(1), 'meeting-ended'],
    [leg(2), 'meeting-ended'],
  ]);
  for (const n of [1, 2]) await world.heard(`uuid_kill ${leg(n)} NORMAL_CLEARING`);
});

test('a FreeSWITCH that starts anew has lost those who waited', async () => {
  await comes(1);
  const { wire } = world.freeswitch;
  const { port } = wire;
  await wire.close();
  world.freeswitch.restart();
  await wire.listen(port);
  await eventually('closed', () => !world.bridge.rooms().has(ROOM));
  expect(lefts()).toEqual([[leg(1), 'connection-lost']]);
});
