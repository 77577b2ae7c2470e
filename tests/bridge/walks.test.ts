import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RoomEvent } from '../../protocol/room/event.ts';
import { BridgeWorld, OTHER_ROOM, ROOM, header, identity, leg } from '../support/bridge-world.ts';
import { eventually } from '../support/eventually.ts';

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start();
});
afterEach(async () => {
  await world.stop();
});

describe('a call that dials a meeting', () => {
  test('is answered and sent to its room once the rules let it in', async () => {
    await world.join(1, 'Ada', { via: 'browser', number: '', personId: 'p-1' });
    expect(world.heardLike(/answer|conference m/)).toEqual([
      `${leg(1)} answer`,
      `${leg(1)} conference ${ROOM}@partyline`,
    ]);
  });

  test('is shown with the name that the gateway vouched for, and not with its caller-ID', async () => {
    const row = await world.join(1, 'Ada', { via: 'browser', number: '', personId: 'p-1' });
    expect(row).toMatchObject({ name: 'Ada', number: '', via: 'browser', personId: 'p-1' });
    expect(row).toMatchObject({ role: 'participant', muted: false, joinedAtMs: 1_800_000_000_000 });
  });

  test('opens the room before the first person is in it', async () => {
    await world.join(1);
    expect(world.facts.map((fact) => fact.kind)).toEqual(['room-opened', 'participant-updated']);
  });

  test('enters muted as moderator where the rules say so', async () => {
    world.admissions.admission = (room, role) => ({ kind: 'join', room, role, muted: true });
    const row = await world.join(1, 'Ada', { role: 'moderator' });
    expect(row).toMatchObject({ role: 'moderator', muted: true });
    await world.heard(`${leg(1)} conference ${ROOM}@partyline+flags{moderator|mute|mute-detect}`);
    expect(world.heardLike(/conference m-\w+ (un)?mute/)).toEqual([]);
  });

  test.each([
    ['full', 'USER_BUSY'],
    ['unknown', 'UNALLOCATED_NUMBER'],
    ['ended', 'UNALLOCATED_NUMBER'],
    ['locked', 'NORMAL_UNSPECIFIED'],
  ] as const)('hears %s as %s before it is answered', async (why, cause) => {
    world.admissions.admission = () => ({ kind: 'refuse', why });
    world.freeswitch.park(leg(1), header(identity('Ada')));
    await world.heard(`uuid_kill ${leg(1)} ${cause}`);
    expect(world.heardLike(/answer/)).toEqual([]);
  });

  test('is turned away from a room that was locked', async () => {
    await world.join(1);
    await world.bridge.execute({ kind: 'set-locked', room: ROOM, on: true });
    await eventually('locked', () => world.bridge.rooms().get(ROOM)?.locked);
    world.freeswitch.park(leg(2), header(identity('Bob')));
    await world.heard(`uuid_kill ${leg(2)} NORMAL_UNSPECIFIED`);
  });

  test.each([
    ['no identity', undefined],
    ['a forged one', `${header(identity('Ada'))}x`],
    ['rubbish', '%00\'"; DROP'],
  ])('is rejected with %s', async (_, given) => {
    world.freeswitch.park(leg(1), given);
    await world.heard(`uuid_kill ${leg(1)} CALL_REJECTED`);
    expect(world.heardLike(/answer|conference m/)).toEqual([]);
  });

  test('is told to try again later when the rules fail', async () => {
    world.admissions.admission = () => {
      throw new Error('store is down');
    };
    world.freeswitch.park(leg(1), header(identity('Ada')));
    await world.heard(`uuid_kill ${leg(1)} NORMAL_TEMPORARY_FAILURE`);
    expect(world.logged.join()).toContain('store is down');
  });

  test('takes its place before it is inside, so that twenty at once cannot overfill three', async () => {
    world.admissions.admission = (room, role) => ({
      kind: 'join',
      room,
      role,
      muted: false,
      maxParticipants: 3,
    });
    let open = (): void => undefined;
    world.admissions.gate = new Promise((resolve) => {
      open = resolve;
    });
    for (let n = 1; n <= 20; n++) world.freeswitch.park(leg(n), header(identity(`Caller ${n}`)));
    open();
    await eventually('17 are busy', () => world.heardLike(/USER_BUSY/).length === 17);
    await eventually('3 are in', () => world.bridge.rooms().get(ROOM)?.people.size === 3);
    expect(world.freeswitch.conference(ROOM).members).toHaveLength(3);
  });

  test('leaves its place free again when it hangs up before it is inside', async () => {
    world.admissions.admission = (room, role, people) =>
      people >= 1 ? { kind: 'refuse', why: 'full' } : { kind: 'join', room, role, muted: false };
    await world.join(1);
    world.freeswitch.hangUp(leg(1));
    await world.gone(1);
    await world.join(2);
    expect(world.bridge.dump().nodes[0]?.comingIn).toBe(0);
  });
});

describe('a person in a room', () => {
  test('is shown muted only when FreeSWITCH says so', async () => {
    await world.join(1);
    world.freeswitch.wire.deaf = true;
    const outcome = await world.bridge.execute({
      kind: 'set-muted',
      room: ROOM,
      id: leg(1),
      on: true,
      by: 'program',
    });
    expect(outcome).toEqual({ ok: true });
    expect(world.find(1)?.muted).toBe(false);
    world.freeswitch.wire.deaf = false;
    const member = world.freeswitch.member(leg(1));
    world.freeswitch.maintain('mute-member', world.freeswitch.conference(ROOM), member);
    await eventually('muted', () => world.find(1)?.muted);
    await world.heard(`conference ${ROOM} mute 1 quiet`);
  });

  test.each([
    ['set-muted', true, 'mute 1 quiet', { muted: true }],
    ['set-deaf', true, 'deaf 1 quiet', { deaf: true }],
    ['set-held', true, 'hold 1', { held: true }],
  ] as const)('%s makes FreeSWITCH hear "%s"', async (kind, on, words, shown) => {
    await world.join(1);
    expect(await world.bridge.execute({ kind, room: ROOM, id: leg(1), on, by: 'program' })).toEqual(
      { ok: true },
    );
    await world.heard(`conference ${ROOM} ${words}`);
    await eventually('shown', () => Object.entries(shown).every(([key]) => rowField(key) === true));
  });

  test('is as loud as wished', async () => {
    await world.join(1);
    await world.bridge.execute({ ...volume, direction: 'in', level: -4 });
    await world.bridge.execute({ ...volume, direction: 'out', level: 3 });
    await eventually('volume', () => world.find(1)?.volume.out === 3);
    expect(world.find(1)?.volume).toEqual({ in: -4, out: 3 });
    const tooLoud = await world.bridge.execute({ ...volume, direction: 'out', level: 5 });
    expect(tooLoud).toMatchObject({ ok: false, reason: 'refused' });
  });

  test('does not look as if talking once muted, though FreeSWITCH never says that it stopped', async () => {
    await world.join(1);
    const member = world.freeswitch.member(leg(1));
    member.talking = true;
    world.freeswitch.maintain('start-talking', world.freeswitch.conference(ROOM), member);
    await eventually('talking', () => world.find(1)?.talking);
    member.speak = false;
    world.freeswitch.maintain('mute-member', world.freeswitch.conference(ROOM), member);
    await eventually('muted', () => world.find(1)?.muted);
    expect(world.find(1)?.talking).toBe(false);
  });

  test('that is removed is kicked, and hung up, and said to have been removed', async () => {
    await world.join(1);
    await world.join(2);
    const outcome = await world.bridge.execute({ kind: 'remove', room: ROOM, id: leg(1) });
    expect(outcome).toEqual({ ok: true });
    await world.gone(1);
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
    expect(leaves()).toEqual([[leg(1), 'removed']]);
    expect(world.find(2)).toBeDefined();
  });

  test('that does not go when kicked is hung up after two seconds', async () => {
    await world.join(1);
    world.freeswitch.instead.set(`conference ${ROOM} kick`, () => '+OK kicked 1\n');
    await world.bridge.execute({ kind: 'remove', room: ROOM, id: leg(1) });
    expect(world.find(1)).toBeDefined();
    await world.gone(1);
    expect(leaves()).toEqual([[leg(1), 'removed']]);
  });

  test('that FreeSWITCH cannot find yet is asked for again', async () => {
    await world.join(1);
    let misses = 2;
    world.freeswitch.instead.set(`conference ${ROOM} mute`, () =>
      misses-- > 0 ? '-ERR Non-Existant ID 1\n' : undefined,
    );
    const command = { kind: 'set-muted', room: ROOM, id: leg(1), on: true, by: 'program' } as const;
    expect(await world.bridge.execute(command)).toEqual({ ok: true });
    expect(world.heardLike(/ mute 1 quiet/)).toHaveLength(3);
  });

  test('that hangs up is said to have hung up, and the room closes after the last', async () => {
    await world.join(1);
    world.freeswitch.hangUp(leg(1));
    await eventually('closed', () => !world.bridge.rooms().has(ROOM));
    expect(leaves()).toEqual([[leg(1), 'hung-up']]);
    expect(world.facts.at(-1)).toEqual({ kind: 'room-closed', room: ROOM });
  });
});

describe('a whole room', () => {
  test('is muted but for the moderators, one by one', async () => {
    await world.join(1, 'Mod', { role: 'moderator' });
    await world.join(2);
    await world.join(3);
    await world.bridge.execute({ kind: 'mute-all', room: ROOM, except: 'moderators' });
    await eventually('muted', () => world.find(2)?.muted && world.find(3)?.muted);
    expect(world.find(1)?.muted).toBe(false);
    expect(world.heardLike(/mute all/)).toEqual([]);
  });

  test('is muted with its moderators', async () => {
    await world.join(1, 'Mod', { role: 'moderator' });
    await world.bridge.execute({ kind: 'mute-all', room: ROOM, except: 'none' });
    await eventually('muted', () => world.find(1)?.muted);
  });

  test('is closed by hanging everybody up, those on the way too', async () => {
    await world.join(1);
    await world.join(2);
    await world.bridge.execute({ kind: 'close-room', room: ROOM });
    await eventually('closed', () => !world.bridge.rooms().has(ROOM));
    expect(leaves()).toEqual([
      [leg(1), 'meeting-ended'],
      [leg(2), 'meeting-ended'],
    ]);
  });

  test('locks and unlocks', async () => {
    await world.join(1);
    for (const on of [true, false]) {
      await world.bridge.execute({ kind: 'set-locked', room: ROOM, on });
      await eventually(`locked ${on}`, () => world.bridge.rooms().get(ROOM)?.locked === on);
    }
  });

  test('that nobody is in, and a person who is not there, are said not to be', async () => {
    const command = {
      kind: 'set-muted',
      room: OTHER_ROOM,
      id: leg(1),
      on: true,
      by: 'program',
    } as const;
    expect(await world.bridge.execute(command)).toMatchObject({ reason: 'no-such-room' });
    await world.join(1);
    expect(await world.bridge.execute({ ...command, room: ROOM, id: leg(9) })).toMatchObject({
      reason: 'no-such-participant',
    });
  });
});

const volume = { kind: 'set-volume', room: ROOM, id: leg(1) } as const;

function rowField(name: string): unknown {
  return (world.find(1) as unknown as Record<string, unknown> | undefined)?.[name];
}

function leaves(): unknown[] {
  return world.facts
    .filter(
      (fact): fact is Extract<RoomEvent, { kind: 'participant-left' }> =>
        fact.kind === 'participant-left',
    )
    .map((fact) => [fact.id, fact.reason]);
}
