import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RoomCommand } from '../../../protocol/room/command.ts';
import { rowsOf } from '../../../protocol/room/rows.ts';
import { BridgeWorld, ROOM, header, identity, leg } from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start();
  await world.join(1, 'Ada', { via: 'browser', personId: 'p-1' });
});
afterEach(async () => {
  await world.stop();
});

/** FreeSWITCH's own word on who can speak and hear. */
function stands(n: number): string {
  const { speak, hear } = world.freeswitch.member(leg(n));
  return `${speak ? 'speaks' : 'silent'}, ${hear ? 'hears' : 'deaf'}`;
}

async function isNow(n: number, how: string): Promise<void> {
  await eventually(`leg ${n} ${how}, not ${stands(n)}`, () => stands(n) === how);
}

async function takesUpPhone(n = 2): Promise<void> {
  await world.join(n, 'Ada', { personId: 'p-1' });
  await eventually('carried', () => world.find(1)?.audioBy === leg(n));
}

function rows(): string[] {
  const room = world.bridge.rooms().get(ROOM);
  return room === undefined ? [] : rowsOf(room).map(({ id }) => id);
}

function mute(n: number, on: boolean): Promise<unknown> {
  const command: RoomCommand = { kind: 'set-muted', room: ROOM, id: leg(n), on, by: 'self' };
  return world.bridge.execute(command);
}

describe('a person in the browser who takes up the phone', () => {
  test('speaks and hears there, in one row, and is counted once', async () => {
    await takesUpPhone();
    await isNow(1, 'silent, deaf');
    await isNow(2, 'speaks, hears');
    expect(rows()).toEqual([leg(2)]);
    let people = 0;
    world.admissions.admission = (room, role, inside) => {
      people = inside;
      return { kind: 'join', room, role, muted: false };
    };
    await world.join(3);
    expect(people).toBe(1);
  });

  test('comes in by the phone though the meeting is full: no place is taken', async () => {
    await world.join(3);
    world.admissions.admission = (room, role, people) =>
      people < 2
        ? { kind: 'join', room, role, muted: false, maxParticipants: 2 }
        : { kind: 'refuse', why: 'full' };
    await takesUpPhone();
    world.freeswitch.park(leg(4), header(identity('Grace')));
    await world.heard(`uuid_kill ${leg(4)} USER_BUSY`);
  });

  test('has the browser back when the phone hangs up', async () => {
    await takesUpPhone();
    await isNow(1, 'silent, deaf');
    world.freeswitch.hangUp(leg(2));
    await isNow(1, 'speaks, hears');
    await eventually('a row again', () => world.find(1)?.audioBy === undefined);
    expect(world.find(1)).toMatchObject({ muted: false, deaf: false });
    expect(rows()).toEqual([leg(1)]);
  });

  test('stays muted in the browser when the phone was muted last', async () => {
    await takesUpPhone();
    await isNow(1, 'silent, deaf');
    await mute(2, true);
    await eventually('muted', () => world.find(2)?.muted);
    world.freeswitch.hangUp(leg(2));
    await isNow(1, 'silent, hears');
    await eventually('shown', () => world.find(1)?.audioBy === undefined);
    expect(world.find(1)).toMatchObject({ muted: true, mutedBy: 'self' });
  });

  test('is muted on the phone as a moderator had muted the browser', async () => {
    const muting = { kind: 'set-muted', room: ROOM, id: leg(1), on: true } as const;
    await world.bridge.execute({ ...muting, by: 'moderator' });
    await eventually('muted', () => world.find(1)?.muted);
    await takesUpPhone();
    await isNow(2, 'silent, hears');
    await eventually('shown', () => world.find(2)?.mutedBy === 'moderator');
  });

  test('keeps the raised hand and the name, there and back', async () => {
    const about = { room: ROOM, id: leg(1) } as const;
    await world.bridge.execute({ ...about, kind: 'set-hand', on: true, by: 'self' });
    await world.bridge.execute({ ...about, kind: 'rename', name: 'Countess' });
    await takesUpPhone();
    expect(world.find(2)).toMatchObject({ name: 'Countess', hand: true });
    expect(world.find(1)?.hand).toBe(false);
    world.freeswitch.hangUp(leg(2));
    await eventually('back', () => world.find(1)?.hand);
  });

  test('is meant by commands about either leg', async () => {
    await takesUpPhone();
    await isNow(1, 'silent, deaf');
    await mute(1, true);
    await isNow(2, 'silent, hears');
    await mute(1, false);
    await isNow(2, 'speaks, hears');
    expect(stands(1)).toBe('silent, deaf');
  });

  test('is removed with all legs', async () => {
    await takesUpPhone();
    await world.join(3);
    await world.bridge.execute({ kind: 'remove', room: ROOM, id: leg(2) });
    for (const n of [1, 2]) await world.gone(n);
    expect(world.find(3)).toBeDefined();
  });

  test('is still on the phone after a restart of ours', async () => {
    await takesUpPhone();
    await isNow(1, 'silent, deaf');
    await mute(2, true);
    await eventually('muted', () => world.find(2)?.muted);
    await world.bridge.stop();
    await world.startBridge();
    expect(world.find(1)?.audioBy).toBe(leg(2));
    expect([stands(1), stands(2)]).toEqual(['silent, deaf', 'silent, hears']);
    world.freeswitch.hangUp(leg(2));
    await isNow(1, 'silent, hears');
  });

  test('has the browser back when the phone hung up while we were away', async () => {
    await takesUpPhone();
    await isNow(1, 'silent, deaf');
    await world.bridge.stop();
    world.freeswitch.hangUp(leg(2));
    await world.startBridge();
    await isNow(1, 'speaks, hears');
  });
});

test('a phone that was there first carries the browser that comes', async () => {
  await world.join(2, 'Bob', { personId: 'p-2' });
  await world.join(3, 'Bob', { via: 'browser', personId: 'p-2' });
  await eventually('carried', () => world.find(3)?.audioBy === leg(2));
  await isNow(3, 'silent, deaf');
  await isNow(2, 'speaks, hears');
});

test('a phone that was muted stays so when the browser comes', async () => {
  await world.join(2, 'Bob', { personId: 'p-2' });
  await mute(2, true);
  await isNow(2, 'silent, hears');
  await world.join(3, 'Bob', { via: 'browser', personId: 'p-2' });
  await isNow(3, 'silent, deaf');
  await world.bridge.auditNow();
  expect(stands(2)).toBe('silent, hears');
  expect(world.find(2)).toMatchObject({ muted: true, mutedBy: 'self' });
});

test('of two phones the newest carries', async () => {
  await takesUpPhone(2);
  await takesUpPhone(3);
  await eventually('the older too', () => world.find(2)?.audioBy === leg(3));
  await isNow(2, 'silent, deaf');
  await isNow(3, 'speaks, hears');
  expect(rows()).toEqual([leg(3)]);
  world.freeswitch.hangUp(leg(3));
  await eventually('the older again', () => world.find(1)?.audioBy === leg(2));
  await isNow(2, 'speaks, hears');
  await isNow(1, 'silent, deaf');
});

describe('a phone that holds its call', () => {
  test('is muted until it is back, and shown as holding', async () => {
    await world.join(2);
    world.freeswitch.hold(leg(2), true);
    await isNow(2, 'silent, hears');
    await eventually('shown', () => world.find(2)?.onHold);
    expect(world.find(2)).not.toHaveProperty('mutedBy');
    world.freeswitch.hold(leg(2), false);
    await isNow(2, 'speaks, hears');
    await eventually('shown', () => world.find(2)?.onHold === undefined);
  });

  test('stays muted afterwards where it was before', async () => {
    await world.join(2);
    await mute(2, true);
    await isNow(2, 'silent, hears');
    world.freeswitch.hold(leg(2), true);
    await eventually('shown', () => world.find(2)?.onHold);
    world.freeswitch.hold(leg(2), false);
    await eventually('shown', () => world.find(2)?.onHold === undefined);
    await world.bridge.auditNow();
    expect(stands(2)).toBe('silent, hears');
  });

  test('is heard again though nobody told us that it is back', async () => {
    await world.join(2);
    world.freeswitch.hold(leg(2), true);
    await isNow(2, 'silent, hears');
    world.freeswitch.wire.deaf = true;
    world.freeswitch.hold(leg(2), false);
    world.freeswitch.wire.deaf = false;
    await world.bridge.auditNow();
    expect(stands(2)).toBe('silent, hears');
    await world.bridge.auditNow();
    await isNow(2, 'speaks, hears');
  });
});
