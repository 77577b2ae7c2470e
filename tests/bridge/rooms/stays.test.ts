import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeptStay, StayShelf } from '../../../bridge/stays.ts';
import type { RoomEvent } from '../../../protocol/room/event.ts';
import type { ParticipantId } from '../../../protocol/room/room.ts';
import {
  BridgeWorld,
  header,
  identity,
  leg,
  OTHER_ROOM,
  ROOM,
} from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';

const BROWSER = { via: 'browser', number: '', personId: 'p-1', stay: 'stay-one' } as const;
const CARLA = header(identity('Carla', BROWSER));

class ShelfHere implements StayShelf {
  readonly all = new Map<string, KeptStay & { readonly forMs: number }>();

  keep(stay: string, kept: KeptStay, forMs: number): void {
    this.all.set(stay, { ...kept, forMs });
  }

  read(stay: string): Promise<KeptStay | undefined> {
    return Promise.resolve(this.all.get(stay));
  }

  drop(stay: string): void {
    this.all.delete(stay);
  }
}

let world: BridgeWorld;
let shelf: ShelfHere;

beforeEach(async () => {
  shelf = new ShelfHere();
  world = await BridgeWorld.start({}, { stays: shelf });
});
afterEach(() => world.stop());

/** Muted by a moderator, with a hand up, renamed and made moderator. */
async function stands(n: number): Promise<void> {
  const { bridge } = world;
  const id = leg(n);
  await bridge.execute({ kind: 'set-muted', room: ROOM, id, on: true, by: 'moderator' });
  await bridge.execute({ kind: 'set-hand', room: ROOM, id, on: true, by: 'self' });
  await bridge.execute({ kind: 'rename', room: ROOM, id, name: 'Carla C.' });
  await eventually('so she stands', () => world.find(n)?.muted === true);
}

function reasons(id: ParticipantId): readonly string[] {
  return world.facts.flatMap((fact) =>
    fact.kind === 'participant-left' && fact.id === id ? [fact.reason] : [],
  );
}

/** As many rows as there were at once, by all the facts. */
function mostRows(facts: readonly RoomEvent[]): number {
  const inside = new Set<string>();
  let most = 0;
  for (const fact of facts) {
    if (fact.kind === 'participant-updated') inside.add(fact.participant.id);
    if (fact.kind === 'participant-left') inside.delete(fact.id);
    most = Math.max(most, inside.size);
  }
  return most;
}

function kills(n: number): number {
  return world.heardLike(new RegExp(`^uuid_kill ${leg(n)} `)).length;
}

test('whose leg hangs on still is there once: the new leg ends it and stands as it stood, muted from the start', async () => {
  const before = await world.join(1, 'Carla', BROWSER);
  await stands(1);
  world.nowMs += 60_000;
  const back = await world.join(2, 'Carla', BROWSER);
  expect(kills(1)).toBe(1);
  expect(back).toMatchObject({ name: 'Carla C.', muted: true, mutedBy: 'moderator', hand: true });
  expect(back.joinedAtMs).toBe(before.joinedAtMs);
  expect(reasons(leg(1))).toEqual(['replaced']);
  expect(mostRows(world.facts)).toBe(1);
  expect(world.heardLike(new RegExp(`flags\\{[^}]*mute`)).length).toBe(1);
});

test('whose leg is gone stands as before all the same, for five minutes', async () => {
  await world.join(1, 'Carla', BROWSER);
  await stands(1);
  world.freeswitch.hangUp(leg(1));
  await world.gone(1);
  expect(shelf.all.get('stay-one')).toMatchObject({ leg: leg(1), room: ROOM, forMs: 300_000 });
  expect(await world.join(2, 'Carla', BROWSER)).toMatchObject({ muted: true, hand: true });
});

test('a bridge that starts anew knows as well', async () => {
  await world.join(1, 'Carla', BROWSER);
  await stands(1);
  await world.bridge.stop();
  world.freeswitch.hangUp(leg(1));
  await world.startBridge({}, { stays: shelf });
  expect(await world.join(2, 'Carla', BROWSER)).toMatchObject({ muted: true, hand: true });
});

test('a locked room, a full one and a lobby are for others', async () => {
  await world.join(1, 'Carla', BROWSER);
  world.freeswitch.hangUp(leg(1));
  await world.gone(1);
  world.admissions.admission = () => ({ kind: 'refuse', why: 'locked' });
  await world.join(2, 'Carla', BROWSER);
  expect(world.freeswitch.heard).toContain(
    `uuid_setvar ${leg(2)} conference_enforce_security false`,
  );
});

test('who was banned meanwhile stays out', async () => {
  await world.join(1, 'Carla', BROWSER);
  world.freeswitch.hangUp(leg(1));
  await world.gone(1);
  world.admissions.admission = () => ({ kind: 'refuse', why: 'banned' });
  world.freeswitch.park(leg(2), CARLA);
  await world.heard(`uuid_kill ${leg(2)} CALL_REJECTED`);
});

test('who was removed comes as anybody: nothing is kept', async () => {
  await world.join(1, 'Carla', BROWSER);
  await stands(1);
  await world.bridge.execute({ kind: 'remove', room: ROOM, id: leg(1) });
  await world.gone(1);
  expect(shelf.all.size).toBe(0);
  expect(await world.join(2, 'Carla', BROWSER)).toMatchObject({ muted: false, hand: false });
});

test('another stay of the same person is another row', async () => {
  await world.join(1, 'Carla', BROWSER);
  await world.join(2, 'Carla', { ...BROWSER, stay: 'stay-two' });
  expect(kills(1)).toBe(0);
  expect(world.find(1)?.state).toBe('joined');
});

test('whoever was in a breakout room comes back there, and to the meeting where it is closed', async () => {
  await world.join(1, 'Carla', BROWSER);
  await world.bridge.execute({ kind: 'move', room: ROOM, id: leg(1), to: OTHER_ROOM });
  await world.row(1, OTHER_ROOM);
  world.freeswitch.park(leg(2), CARLA);
  await world.row(2, OTHER_ROOM);
  const { roomRules } = world.admissions;
  world.admissions.rules = (room) => Promise.resolve(room === OTHER_ROOM ? undefined : roomRules);
  world.freeswitch.park(leg(3), CARLA);
  await world.row(3, ROOM);
});
