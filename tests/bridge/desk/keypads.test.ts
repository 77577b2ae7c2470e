import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, RoomCommand } from '../../../protocol/room/command.ts';
import { BridgeWorld, ROOM, header, identity, leg } from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';
import { hears, toldInside, toldOutside } from '../../support/told-callers.ts';

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start({ kickMs: 500 });
  await world.join(1);
});
afterEach(async () => {
  await world.stop();
});

const told =
  (n = 1) =>
  () =>
    toldInside(world, n);
const press = (n: number, keys: string) => {
  world.freeswitch.press(leg(n), keys);
};
const muted = (n: number, on: boolean) =>
  eventually(`leg ${n} muted: ${on}`, () => world.find(n)?.muted === on);

function execute(command: RoomCommand) {
  return world.bridge.execute(command);
}

function mute(n: number, on: boolean, by: Actor) {
  return execute({ kind: 'set-muted', room: ROOM, id: leg(n), on, by });
}

describe('a caller in a room', () => {
  test('mutes and unmutes by *6, hears so alone, and everybody sees it', async () => {
    await world.join(2);
    press(1, '*6');
    await muted(1, true);
    await hears(told(), 'muted');
    expect(world.find(1)).toMatchObject({ mutedBy: 'self' });
    press(1, '*6');
    await muted(1, false);
    await hears(told(), 'unmuted');
    expect(told(2)()).toEqual([]);
  });

  test('is told nothing of a mute that FreeSWITCH did not do', async () => {
    world.freeswitch.instead.set('conference', (line) =>
      line.includes(' mute ') ? '+OK mute 1\n' : undefined,
    );
    press(1, '*6');
    await eventually('asked', () => world.heardLike(/ mute /).length === 1);
    press(1, '*3');
    await hears(told(), 'alone');
    expect(told()()).toEqual(['alone']);
  });

  test.each(['*5', '*9'])('raises the hand by %s and hears the place', async (keys) => {
    await world.join(2);
    press(2, '*5');
    await hears(told(2), 'hand-up your-place number-1');
    world.nowMs += 1000;
    press(1, keys);
    await hears(told(), 'hand-up your-place number-2');
    expect(world.find(1)).toMatchObject({ hand: true, handAtMs: world.nowMs });
    press(1, keys);
    await hears(told(), 'hand-down');
    await execute({ kind: 'set-hand', room: ROOM, id: leg(2), on: false, by: 'moderator' });
    await hears(told(2), 'hand-lowered');
  });

  test('asks for help by *0, and hears that it comes', async () => {
    press(1, '*0');
    await hears(told(), 'help-asked');
    expect(world.find(1)).toMatchObject({ wantsHelp: true });
    await execute({ kind: 'set-help', room: ROOM, id: leg(1), on: false });
    await hears(told(), 'help-coming');
    expect(world.find(1)).not.toHaveProperty('wantsHelp');
  });

  test('hears who is here by *3 and the keys by *1', async () => {
    await world.join(2);
    press(1, '*3');
    await hears(told(), 'there-are number-2 people-here');
    press(1, '*1');
    await hears(told(), 'help');
    press(1, '*4');
    await hears(told(), 'moderators-only');
    press(1, '*#');
    await hears(told(), 'unknown-key');
  });

  test('hears why they may not unmute', async () => {
    world.admissions.roomRules = { ...world.admissions.roomRules, unmuteSelf: false };
    press(1, '*6');
    await muted(1, true);
    press(1, '*6');
    await hears(told(), 'only-moderator-unmutes press-to-raise-hand');
    expect(world.heardLike(/ unmute /)).toEqual([]);
  });

  test('hears that a moderator mutes them, asks them to unmute, unmutes them', async () => {
    await mute(1, true, 'moderator');
    await hears(told(), 'muted-by-moderator');
    await mute(1, false, 'moderator');
    await hears(told(), 'unmuted-by-moderator');
    press(1, '*6');
    await hears(told(), 'muted');
    await mute(1, false, 'moderator');
    await hears(told(), 'asked-to-unmute press-to-unmute');
    expect(world.find(1)).toMatchObject({ muted: true, askedToUnmute: true });
    press(1, '*6');
    await hears(told(), 'unmuted');
    expect(told()()).toHaveLength(5);
  });

  test('is reminded of the mute when they talk, at most once a minute', async () => {
    press(1, '*6');
    await muted(1, true);
    const talk = () => {
      const conference = world.freeswitch.conference(ROOM);
      world.freeswitch.maintain('mute-detect', conference, world.freeswitch.member(leg(1)));
    };
    talk();
    world.nowMs += 500;
    talk();
    await hears(told(), 'talking-while-muted press-to-unmute');
    expect(told()()).toHaveLength(2);
    talk();
    world.nowMs += 60_000;
    talk();
    await eventually('again', () => told()().length === 3);
  });

  test('is told so in the room where they dialled into a meeting that mutes', async () => {
    world.admissions.admission = (room, role) => ({ kind: 'join', room, role, muted: true });
    await world.join(2);
    await hears(told(2), 'joining muted press-to-unmute');
    expect(world.find(2)).toMatchObject({ muted: true, mutedBy: 'entry' });
  });
});

describe('the keypad of a caller in a room', () => {
  test('has keys that mean nothing by themselves', async () => {
    press(1, '4619');
    press(1, '*3');
    await hears(told(), 'alone');
    expect(told()()).toHaveLength(1);
  });

  test('is the same after a restart of the bridge', async () => {
    press(1, '*5');
    await hears(told(), 'hand-up your-place number-1');
    await world.bridge.stop();
    await world.startBridge();
    press(1, '*5');
    await hears(told(), 'hand-down');
  });
});

describe('a moderator at the phone', () => {
  beforeEach(async () => {
    await world.join(9, 'Grace', { role: 'moderator' });
  });

  test('mutes all by *4, hears so when they are, and opens them again', async () => {
    await world.join(2);
    press(9, '*4');
    await hears(told(9), 'all-muted');
    await Promise.all([muted(1, true), muted(2, true)]);
    expect(world.find(9)?.muted).toBe(false);
    press(9, '*4');
    await hears(told(9), 'all-unmuted');
    await Promise.all([muted(1, false), muted(2, false)]);
    await hears(told(2), 'unmuted-by-moderator');
  });

  test('locks and unlocks by *7', async () => {
    press(9, '*7');
    await hears(told(9), 'locked');
    expect(world.bridge.rooms().get(ROOM)?.locked).toBe(true);
    press(9, '*7');
    await hears(told(9), 'unlocked');
  });

  test('lets in who waits longest by *8', async () => {
    press(9, '*8');
    await hears(told(9), 'nobody-waits');
    world.admissions.admission = (room, role, _people, { admitted }) =>
      admitted ? { kind: 'join', room, role, muted: false } : { kind: 'lobby', room, role };
    for (const n of [3, 4]) {
      world.freeswitch.park(leg(n), header(identity(`Caller ${n}`)));
      await eventually('waits', () => world.find(n)?.state === 'lobby');
      world.nowMs += 1000;
    }
    press(9, '*8');
    await hears(told(9), 'let-in one-waits');
    await eventually('is in', () => world.find(3)?.state === 'joined');
    expect(world.find(4)?.state).toBe('lobby');
  });

  test('hears that a recording is not possible', async () => {
    press(9, '*2');
    await hears(told(9), 'recording-unavailable');
  });

  test('is given the keys with the role', async () => {
    await execute({ kind: 'set-role', room: ROOM, id: leg(1), role: 'moderator' });
    await eventually('is one', () => world.find(1)?.role === 'moderator');
    press(1, '*7');
    await hears(told(), 'locked');
  });
});

describe('whoever is taken out of a room', () => {
  test('hears why, and then the call ends', async () => {
    await execute({ kind: 'remove', room: ROOM, id: leg(1) });
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    expect(toldOutside(world, 1)).toEqual(['removed goodbye']);
    expect(world.freeswitch.channels.has(leg(1))).toBe(false);
  });

  test('hears that they are banned, or that the meeting is over', async () => {
    await world.join(2);
    await execute({ kind: 'remove', room: ROOM, id: leg(1), banned: true });
    await world.gone(1);
    await execute({ kind: 'close-room', room: ROOM });
    for (const n of [1, 2]) await world.heard(`uuid_kill ${leg(n)} NORMAL_CLEARING`);
    expect(toldOutside(world, 1)).toEqual(['removed-and-banned goodbye']);
    expect(toldOutside(world, 2)).toEqual(['meeting-over goodbye']);
  });

  test('hears it also from a bridge that found them in the room', async () => {
    await world.bridge.stop();
    await world.startBridge();
    await execute({ kind: 'remove', room: ROOM, id: leg(1) });
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    expect(toldOutside(world, 1)).toEqual(['removed goodbye']);
  });

  test('is not let in again by a bridge that starts while they hear it', async () => {
    world.freeswitch.wordsLast = true;
    await execute({ kind: 'remove', room: ROOM, id: leg(1) });
    await eventually('told', () => toldOutside(world, 1).length === 1);
    await world.bridge.stop();
    world.freeswitch.wordsLast = false;
    await world.startBridge();
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    expect(toldOutside(world, 1).at(-1)).toBe('goodbye');
    expect(world.heardLike(/ conference m-/)).toHaveLength(1);
  });
});
