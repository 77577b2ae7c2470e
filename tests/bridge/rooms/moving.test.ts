import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BridgeWorld, OTHER_ROOM, ROOM, leg } from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start();
});
afterEach(async () => {
  await world.stop();
});

const person = (n: number, room = ROOM) => world.bridge.rooms().get(room)?.people.get(leg(n));
const move = (n: number, room = ROOM, to = OTHER_ROOM, group?: number) =>
  world.bridge.execute({
    kind: 'move',
    room,
    id: leg(n),
    to,
    ...(group !== undefined && { group }),
  });
const isIn = (n: number, room = OTHER_ROOM) =>
  eventually(`${n} is in ${room}`, () => person(n, room) !== undefined);

describe('somebody who is moved to a breakout room', () => {
  test('is there with name and role, hears which it is, and stays on the line', async () => {
    await world.join(1);
    await world.join(2);
    const before = person(1)!;
    expect(await move(1, ROOM, OTHER_ROOM, 2)).toEqual({ ok: true });
    await isIn(1);
    expect(person(1)).toBeUndefined();
    const { name, role, via, number } = before;
    expect(person(1, OTHER_ROOM)).toMatchObject({ name, role, via, number, state: 'joined' });
    await eventually(
      'told',
      () =>
        world.heardLike(new RegExp(`^conference ${OTHER_ROOM} play .*go-to-group.*number-2`))
          .length,
    );
    expect(world.heardLike(/^uuid_kill/)).toEqual([]);
    expect(world.facts).toContainEqual({
      kind: 'participant-left',
      room: ROOM,
      id: leg(1),
      reason: 'moved',
    });
  });

  test('comes back and is still who they were; then they can hang up or be removed as ever', async () => {
    await world.join(1);
    await move(1);
    await isIn(1);
    expect(await move(1, OTHER_ROOM, ROOM)).toEqual({ ok: true });
    await isIn(1, ROOM);
    await eventually('told', () => world.heardLike(/ play .*back-together/).length);
    await world.bridge.execute({ kind: 'remove', room: ROOM, id: leg(1) });
    await eventually('gone', () => person(1, ROOM) === undefined);
    await eventually('said goodbye', () => !world.freeswitch.channels.has(leg(1)));
  });

  test('is muted there as they were, and keeps a raised hand', async () => {
    await world.join(1);
    await world.bridge.execute({ kind: 'set-muted', room: ROOM, id: leg(1), on: true, by: 'self' });
    await world.bridge.execute({ kind: 'set-hand', room: ROOM, id: leg(1), on: true, by: 'self' });
    await eventually('muted', () => person(1)?.muted && person(1)?.hand);
    await move(1);
    await isIn(1);
    expect(person(1, OTHER_ROOM)).toMatchObject({ muted: true, mutedBy: 'self', hand: true });
    expect(world.heardLike(/ transfer /)).toEqual([
      expect.stringMatching(/ transfer m-b{16}@partyline\+flags\{mute\|mute-detect\} \d+$/),
    ]);
  });

  test('stays where they are while FreeSWITCH refuses, and leaves as ever afterwards', async () => {
    await world.join(1);
    world.freeswitch.instead.set(`conference ${ROOM} transfer`, () => '-ERR no\n');
    expect(await move(1)).toMatchObject({ ok: false });
    expect(person(1)).toBeDefined();
    world.freeswitch.leave(ROOM, leg(1));
    world.freeswitch.complete(leg(1));
    await eventually('hung up', () => !world.freeswitch.channels.has(leg(1)));
  });

  test('who hangs up on the way is in neither room', async () => {
    await world.join(1);
    world.freeswitch.instead.set(`conference ${ROOM} transfer`, () => {
      queueMicrotask(() => world.freeswitch.hangUp(leg(1)));
      return `+OK Member '1' sent to conference x.\n`;
    });
    await move(1);
    await eventually('gone', () => !world.bridge.rooms().has(ROOM));
    expect(world.bridge.rooms().has(OTHER_ROOM)).toBe(false);
  });

  test('is found there by a bridge that starts anew, with their name, and comes back', async () => {
    await world.join(1);
    const { name } = person(1)!;
    await move(1);
    await isIn(1);
    await world.bridge.stop();
    await world.startBridge();
    await eventually('found', () => person(1, OTHER_ROOM)?.name === name);
    await move(1, OTHER_ROOM, ROOM);
    await isIn(1, ROOM);
    expect(world.heardLike(/^uuid_kill/)).toEqual([]);
  });

  test('a room that is not one of ours is never named to FreeSWITCH', async () => {
    await world.join(1);
    await expect(move(1, ROOM, 'm-x 2\n\nfoo' as typeof ROOM)).rejects.toThrow('not a room id');
    expect(world.heardLike(/ transfer /)).toEqual([]);
  });
});
