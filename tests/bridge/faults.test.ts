import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { BridgeWorld, OTHER_ROOM, ROOM, header, identity, leg } from '../support/bridge-world.ts';
import { eventually } from '../support/eventually.ts';

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start();
});
afterEach(async () => {
  await world.stop();
});

/** The link drops, things happen unseen, and the link is back. */
async function awayWhile(happen: () => void): Promise<void> {
  const { wire } = world.freeswitch;
  const { port } = wire;
  await wire.close();
  await eventually('the loss is seen', () => world.bridge.engines()[0]?.state === 'connecting');
  happen();
  await wire.listen(port);
  await world.joined();
}

describe('when the link was lost', () => {
  test('the rooms are as FreeSWITCH lists them, whoever joined, left or was muted meanwhile', async () => {
    for (const n of [1, 2, 3]) await world.join(n);
    await awayWhile(() => {
      const { freeswitch } = world;
      freeswitch.hangUp(leg(1));
      freeswitch.member(leg(2)).hear = false;
      freeswitch.member(leg(3)).talking = true;
      freeswitch.park(leg(4), header(identity('Dora')));
      freeswitch.enter(ROOM, leg(4));
      freeswitch.park(leg(5), header(identity('Emil', { room: OTHER_ROOM })));
      freeswitch.enter(OTHER_ROOM, leg(5), ['mute']);
      for (const n of [4, 5]) inRoom(n, n === 4 ? ROOM : OTHER_ROOM);
    });
    expect(world.differences()).toEqual([]);
    expect(world.find(4)).toMatchObject({ name: 'Dora', muted: false });
    expect(world.find(5, OTHER_ROOM)).toMatchObject({ name: 'Emil', muted: true });
    expect(world.facts.some((fact) => fact.kind === 'participant-left' && fact.id === leg(1))).toBe(
      true,
    );
  });

  test('a call that was parked meanwhile goes on to its room', async () => {
    await awayWhile(() => {
      world.freeswitch.park(leg(1), header(identity('Ada')));
    });
    await world.row(1);
  });

  test('a room that ended meanwhile is closed', async () => {
    await world.join(1);
    await awayWhile(() => {
      world.freeswitch.hangUp(leg(1));
    });
    expect(world.bridge.rooms().size).toBe(0);
  });

  test('a room that ended and began anew under the same name has only the new people', async () => {
    await world.join(1);
    await awayWhile(() => {
      world.freeswitch.hangUp(leg(1));
      world.freeswitch.park(leg(2), header(identity('Bob')));
      world.freeswitch.enter(ROOM, leg(2));
      inRoom(2, ROOM);
    });
    expect(world.differences()).toEqual([]);
    expect([...(world.bridge.rooms().get(ROOM)?.people.keys() ?? [])]).toEqual([leg(2)]);
  });

  test('wishes fail at their deadline, are kept, and come true on return', async () => {
    await world.join(1);
    await world.join(2);
    const { wire } = world.freeswitch;
    const { port } = wire;
    await wire.close();
    await eventually('the loss is seen', () => world.bridge.engines()[0]?.state === 'connecting');
    const outcome = await world.bridge.execute({
      kind: 'set-muted',
      room: ROOM,
      id: leg(1),
      on: true,
      by: 'program',
    });
    expect(outcome).toMatchObject({ ok: false, reason: 'switch-unavailable' });
    expect(outcome).toHaveProperty('detail', expect.stringContaining('kept'));
    expect(world.find(1)?.muted).toBe(false);
    world.freeswitch.heard.length = 0;
    await wire.listen(port);
    await eventually('muted', () => world.find(1)?.muted);
    expect(world.heardLike(/ mute /)).toEqual([`conference ${ROOM} mute 1 quiet`]);
    expect(world.differences()).toEqual([]);
  });

  test('a removal is not kept, nor done once the link is back soon after', async () => {
    const slow = await BridgeWorld.start({ commandMs: 1500, kickMs: 1400 });
    onTestFinished(() => slow.stop());
    await slow.join(1);
    const { wire } = slow.freeswitch;
    const { port } = wire;
    await wire.close();
    await eventually('the loss is seen', () => slow.bridge.engines()[0]?.state === 'connecting');
    const outcome = await slow.bridge.execute({ kind: 'remove', room: ROOM, id: leg(1) });
    expect(outcome).toMatchObject({ reason: 'switch-unavailable' });
    await wire.listen(port);
    await slow.joined();
    expect(slow.find(1)).toBeDefined();
    expect(slow.heardLike(/kick|kill/)).toEqual([]);
  });

  test('a command waits for a link that is back before its deadline', async () => {
    await world.join(1);
    world.freeswitch.wire.cut();
    await eventually('the loss is seen', () => world.bridge.engines()[0]?.state === 'connecting');
    const outcome = await world.bridge.execute({
      kind: 'set-muted',
      room: ROOM,
      id: leg(1),
      on: true,
      by: 'program',
    });
    expect(outcome).toEqual({ ok: true });
  });
});

describe('when FreeSWITCH was restarted', () => {
  test('everybody is gone for a lost connection, and nothing of the old process is believed', async () => {
    await world.join(1);
    await world.join(2);
    await world.bridge.execute({
      kind: 'set-muted',
      room: ROOM,
      id: leg(1),
      on: true,
      by: 'program',
    });
    await awayWhile(() => {
      world.freeswitch.restart();
    });
    expect(world.bridge.rooms().size).toBe(0);
    expect(
      world.facts.flatMap((fact) => (fact.kind === 'participant-left' ? [fact.reason] : [])),
    ).toEqual(['connection-lost', 'connection-lost']);
    expect(world.bridge.dump().nodes[0]).toMatchObject({ callers: 0, comingIn: 0, wishes: {} });
  });

  test('new calls get in, with member ids that were used before', async () => {
    await world.join(1);
    await awayWhile(() => {
      world.freeswitch.restart();
    });
    await world.join(2, 'Bob');
    expect(world.freeswitch.member(leg(2)).id).toBe(1);
    await world.bridge.execute({
      kind: 'set-muted',
      room: ROOM,
      id: leg(2),
      on: true,
      by: 'program',
    });
    await eventually('muted', () => world.find(2)?.muted);
    expect(world.differences()).toEqual([]);
  });
});

describe('a bridge that starts when calls are up', () => {
  test('takes over who is in rooms, parked, or talking to the reception', async () => {
    const { freeswitch } = world;
    await world.join(1, 'Ada', { role: 'moderator', personId: 'p-7', via: 'browser' });
    await world.bridge.stop();
    freeswitch.park(leg(2), header(identity('Bob')));
    const reception = { kind: 'reception', dialled: '7000' } as const;
    freeswitch.park(leg(3), header(identity('Eve', { destination: reception })));
    await world.startBridge();
    expect(await world.row(1)).toMatchObject({
      name: 'Ada',
      role: 'moderator',
      via: 'browser',
      personId: 'p-7',
    });
    expect(await world.row(2)).toMatchObject({ name: 'Bob' });
    await eventually('asked', () => world.heardLike(/welcome-enter-code/).length === 1);
  });

  test('knows whom the reception had recognised', async () => {
    const { freeswitch } = world;
    world.admissions.codes.set('1234567890', {
      kind: 'meeting',
      room: ROOM,
      role: 'moderator',
      person: { id: 'p-9', name: 'Grace' },
    });
    const reception = { kind: 'reception', dialled: '7000' } as const;
    freeswitch.park(leg(1), header(identity('Phone', { destination: reception })));
    await eventually('asked', () => world.heardLike(/welcome-enter-code/).length === 1);
    freeswitch.press(leg(1), '1234567890');
    await world.row(1);
    await world.bridge.stop();
    await world.startBridge();
    expect(await world.row(1)).toMatchObject({
      name: 'Grace',
      role: 'moderator',
      personId: 'p-9',
      number: '1001',
    });
  });

  test('leaves channels that are not ours alone', async () => {
    await world.bridge.stop();
    const { channels } = world.freeswitch;
    const variables = new Map<string, string>();
    channels.set(leg(1), {
      uuid: leg(1),
      variables,
      application: 'playback',
      data: 'x',
      task: '',
      running: true,
      answered: true,
    });
    channels.set(leg(2), {
      uuid: leg(2),
      variables,
      application: 'conference',
      data: '3000@default',
      task: '',
      running: true,
      answered: true,
    });
    await world.startBridge();
    expect(world.heardLike(/kill|sendmsg/)).toEqual([]);
  });
});

describe('events that are lost, late or told twice', () => {
  test('a join nobody told of is seen at the audit', async () => {
    await world.join(1);
    world.freeswitch.wire.deaf = true;
    world.freeswitch.park(leg(2), header(identity('Bob')));
    world.freeswitch.enter(ROOM, leg(2));
    inRoom(2, ROOM);
    world.freeswitch.wire.deaf = false;
    await world.bridge.auditNow();
    expect(world.find(2)).toMatchObject({ name: 'Bob' });
    expect(world.differences()).toEqual([]);
  });

  test('a leave nobody told of is seen at the next event, by the size that it carries', async () => {
    for (const n of [1, 2, 3]) await world.join(n);
    world.freeswitch.wire.deaf = true;
    world.freeswitch.hangUp(leg(1));
    world.freeswitch.wire.deaf = false;
    world.freeswitch.maintain(
      'stop-talking',
      world.freeswitch.conference(ROOM),
      world.freeswitch.member(leg(2)),
    );
    await world.gone(1);
    expect(world.differences()).toEqual([]);
  });

  test('a ghost is gone after the audit', async () => {
    await world.join(1);
    world.freeswitch.wire.deaf = true;
    world.freeswitch.hangUp(leg(1));
    world.freeswitch.wire.deaf = false;
    expect(world.find(1)).toBeDefined();
    await world.bridge.auditNow();
    expect(world.bridge.rooms().size).toBe(0);
  });

  test('what was changed behind our back is set right at the audit', async () => {
    await world.join(1);
    await world.bridge.execute({
      kind: 'set-muted',
      room: ROOM,
      id: leg(1),
      on: true,
      by: 'program',
    });
    await eventually('muted', () => world.find(1)?.muted);
    world.freeswitch.member(leg(1)).speak = true;
    await world.bridge.auditNow();
    await eventually('muted again', () => !world.freeswitch.member(leg(1)).speak);
    await eventually('shown', () => world.differences().length === 0);
  });

  test('a mute is not forgotten while somebody is held, though the list hides it', async () => {
    await world.join(1);
    await world.bridge.execute({
      kind: 'set-muted',
      room: ROOM,
      id: leg(1),
      on: true,
      by: 'program',
    });
    await world.bridge.execute({ kind: 'set-held', room: ROOM, id: leg(1), on: true });
    await eventually('held', () => world.find(1)?.held);
    await world.bridge.auditNow();
    expect(world.find(1)).toMatchObject({ muted: true, deaf: false, held: true });
    expect(world.heardLike(/ mute /)).toHaveLength(1);
  });

  test('a leg that fell out of its room is led back at the second audit', async () => {
    await world.join(1);
    await world.join(2);
    world.freeswitch.wire.deaf = true;
    world.freeswitch.leave(ROOM, leg(1));
    await world.bridge.auditNow();
    expect(world.heardLike(/conference m-\w+@/)).toHaveLength(2);
    world.freeswitch.wire.deaf = false;
    await world.bridge.auditNow();
    await world.row(1);
    expect(world.heardLike(/kill/)).toEqual([]);
  });

  test('a leg that fell out of its room before we started is hung up at the second audit', async () => {
    await world.join(1);
    await world.join(2);
    await world.bridge.stop();
    world.freeswitch.leave(ROOM, leg(1));
    // It looks as soon as it is joined, and once more because the world asks it to.
    await world.startBridge();
    await world.heard(`uuid_kill ${leg(1)} NORMAL_CLEARING`);
  });

  test('lists one room at a time and never all at once', async () => {
    await world.join(1);
    await world.join(2, 'Bob', { room: OTHER_ROOM });
    await world.bridge.auditNow();
    const lists = world.heardLike(/list/);
    expect(new Set(lists)).toEqual(
      new Set([`conference ${ROOM} json_list`, `conference ${OTHER_ROOM} json_list`]),
    );
  });
});

describe('a FreeSWITCH that stalls', () => {
  test('is dropped after three probes without an answer, and joined again', async () => {
    await world.stop();
    world = await BridgeWorld.start({ probeMs: 50 });
    await world.join(1);
    world.freeswitch.wire.mute = true;
    await eventually('dropped', () => world.bridge.engines()[0]?.state === 'connecting');
    expect(world.logged.join()).toContain('stopped answering');
    world.freeswitch.wire.mute = false;
    await world.joined();
    expect(world.differences()).toEqual([]);
  });
});

function inRoom(n: number, room: string): void {
  const channel = world.freeswitch.channels.get(leg(n));
  if (channel === undefined) throw new Error('no such channel');
  channel.application = 'conference';
  channel.data = `${room}@partyline`;
}

test('a listener that fails keeps neither the others nor the link from going on', async () => {
  const { bridge, facts } = world;
  const stop = bridge.subscribe(() => {
    throw new Error('a fault of ours');
  });
  bridge.subscribe((fact) => facts.push(fact));
  await world.join(1);
  expect(facts.filter(({ kind }) => kind === 'room-opened')).toHaveLength(2);
  expect(bridge.engines()[0]?.state).toBe('joined');
  expect(world.logged.filter((line) => line.includes('a listener'))).not.toEqual([]);
  stop();
  await bridge.auditNow();
  expect(world.differences()).toEqual([]);
});
