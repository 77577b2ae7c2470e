import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Member } from '../../../bridge/members.ts';
import { MOST_INSIDE } from '../../../protocol/room/unheard.ts';
import { MOST_UNHEARD, unheardIn, withKey } from '../../../bridge/unheard.ts';
import type { Participant, ParticipantId } from '../../../protocol/room/room.ts';
import { BridgeWorld, OTHER_ROOM, ROOM, leg } from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';
import { somebody } from '../../support/scripted-rooms.ts';

const id = (n: number): ParticipantId => somebody(n).id;

function inside(...rows: readonly Partial<Participant>[]): ReadonlyMap<ParticipantId, Member> {
  const members = rows.map((more, n): readonly [ParticipantId, Member] => [
    id(n + 1),
    { memberId: n + 1, at: 0, tick: 0, row: somebody(n + 1, more) },
  ]);
  return new Map(members);
}

describe('whom a leg does not hear', () => {
  test('all legs of the person that is meant, and never oneself', () => {
    const room = inside({ personId: 'ada' }, { personId: 'bob' }, { personId: 'bob' }, {});
    const standingOf = (asked: ParticipantId) =>
      asked === id(1) ? { unheard: ['bob', 'ada', 'away', id(4)] } : {};
    expect([...unheardIn(room, standingOf)]).toEqual([[id(1), [id(2), id(3), id(4)]]]);
  });

  test('nobody, where the room is too large for FreeSWITCH to mix so', () => {
    const standingOf = () => ({ unheard: [id(2)] });
    const rows = Array.from({ length: MOST_INSIDE }, () => ({}));
    expect(unheardIn(inside(...rows), standingOf).size).toBe(MOST_INSIDE);
    expect(unheardIn(inside(...rows, {}), standingOf).size).toBe(0);
  });

  test('one more and one less, each once', () => {
    expect(withKey(undefined, 'a', true)).toEqual(['a']);
    expect(withKey(['a', 'b'], 'a', true)).toEqual(['b', 'a']);
    expect(withKey(['a', 'b'], 'a', false)).toEqual(['b']);
  });
});

describe('a wish not to hear somebody', () => {
  let world: BridgeWorld;
  beforeEach(async () => (world = await BridgeWorld.start()));
  afterEach(() => world.stop());

  const wish = (n: number, other: number, on: boolean) =>
    world.bridge.execute({
      kind: 'set-unheard',
      room: ROOM,
      id: leg(n),
      other: leg(other),
      on,
    });
  const unheard = (n: number) => [...world.freeswitch.member(leg(n)).unheard];
  const numberOf = (n: number) => world.freeswitch.member(leg(n)).id;

  async function three(): Promise<void> {
    await world.join(1, 'Ada', { via: 'browser', personId: 'ada' });
    await world.join(2, 'Bob', { via: 'browser', personId: 'bob' });
    await world.join(3);
  }

  test('is told to FreeSWITCH, shown on the row of who wished it alone, and taken back', async () => {
    await three();
    expect(await wish(1, 2, true)).toEqual({ ok: true });
    expect(unheard(1)).toEqual([numberOf(2)]);
    expect([1, 2, 3].map((n) => world.find(n)?.unheard)).toEqual([[leg(2)], undefined, undefined]);
    expect(await wish(1, 3, true)).toEqual({ ok: true });
    expect(await wish(1, 2, false)).toEqual({ ok: true });
    expect(unheard(1)).toEqual([numberOf(3)]);
    expect(world.find(1)?.unheard).toEqual([leg(3)]);
  });

  test('holds for the person who comes back on another leg', async () => {
    await three();
    await wish(1, 2, true);
    const before = numberOf(2);
    world.freeswitch.hangUp(leg(2));
    await eventually('FreeSWITCH forgets who left', () => !unheard(1).includes(before));
    await world.join(4, 'Bob', { via: 'browser', personId: 'bob' });
    await eventually('the new leg is not heard', () => unheard(1).includes(numberOf(4)));
    await eventually('and shown so', () => world.find(1)?.unheard?.join() === leg(4));
  });

  test('goes along when the listener comes back, and to another room and back', async () => {
    await three();
    await wish(1, 2, true);
    world.freeswitch.hangUp(leg(1));
    await world.gone(1);
    await world.join(5, 'Ada', { via: 'browser', personId: 'ada' });
    await eventually('as before', () => unheard(5).includes(numberOf(2)));
    await world.bridge.execute({ kind: 'move', room: ROOM, id: leg(5), to: OTHER_ROOM });
    const there = await world.row(5, OTHER_ROOM);
    expect(there.unheard).toBeUndefined();
    await world.bridge.execute({ kind: 'move', room: OTHER_ROOM, id: leg(5), to: ROOM });
    await world.row(5);
    await eventually('again', () => unheard(5).includes(numberOf(2)));
  });

  test('outlives the bridge', async () => {
    await three();
    await wish(1, 3, true);
    await world.bridge.stop();
    world.freeswitch.member(leg(1)).unheard.clear();
    await world.startBridge();
    await eventually('wished anew', () => unheard(1).includes(numberOf(3)));
    await eventually('shown', () => world.find(1)?.unheard?.join() === leg(3));
  });

  test('about nobody, oneself, and one too many is refused with a reason', async () => {
    await three();
    expect(await wish(1, 9, true)).toMatchObject({ ok: false, reason: 'no-such-participant' });
    expect(await wish(1, 1, true)).toMatchObject({ ok: false, reason: 'refused' });
    const others = Array.from({ length: MOST_UNHEARD + 1 }, (_, n) => n + 10);
    for (const n of others) await world.join(n);
    const outcomes = [];
    for (const n of others) outcomes.push(await wish(3, n, true));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(MOST_UNHEARD);
    expect(outcomes.at(-1)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('up to 12 people') as string,
    });
  });
});
