import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseMemo } from '../../../bridge/memo.ts';
import { parseIdentity } from '../../../protocol/call/identity.ts';
import type { RoomCommand } from '../../../protocol/room/command.ts';
import type { OutboundCall } from '../../../protocol/room/outbound-call.ts';
import { BridgeWorld, KEY, OTHER_ROOM, ROOM, leg } from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';

const GATEWAY = { gateway: { host: '127.0.0.1', port: 5099 } };

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start({ endedCallMs: 150 }, GATEWAY);
});
afterEach(async () => {
  await world.stop();
});

const CALL = {
  kind: 'call',
  room: ROOM,
  id: leg(7),
  to: { kind: 'trunk', trunk: 'outside', number: '+491511234567' },
  name: 'Grace',
  role: 'participant',
} as const satisfies RoomCommand;

const CANCEL = { kind: 'cancel-call', room: ROOM, id: leg(7) } as const;

function call(): OutboundCall | undefined {
  return world.bridge.rooms().get(ROOM)?.calls.get(leg(7));
}

async function isNow(state: OutboundCall['state'], end?: OutboundCall['end']): Promise<void> {
  await eventually(
    `the call is ${state} ${end}, not ${call()?.state} ${call()?.end}`,
    () => call()?.state === state && call()?.end === end,
  );
}

async function calls(more: Partial<typeof CALL> | object = {}): Promise<void> {
  expect(await world.bridge.execute({ ...CALL, ...more })).toEqual({ ok: true });
  await eventually('FreeSWITCH calls', () => world.freeswitch.channels.has(leg(7)));
}

describe('a call out of turn', () => {
  test('given up before FreeSWITCH has begun it ends a moment later', async () => {
    await world.join(1);
    await calls();
    let asked = 0;
    world.freeswitch.instead.set('uuid_kill', () =>
      asked++ < 2 ? '-ERR No such channel!\n' : undefined,
    );
    expect(await world.bridge.execute(CANCEL)).toEqual({ ok: true });
    await isNow('ended', 'cancelled');
  });

  test('given up long before FreeSWITCH begins it ends when it rings', async () => {
    await world.join(1);
    await calls();
    world.freeswitch.instead.set('uuid_kill', () => '-ERR No such channel!\n');
    expect(await world.bridge.execute(CANCEL)).toEqual({ ok: true });
    world.freeswitch.instead.delete('uuid_kill');
    expect(call()?.state).toBe('calling');
    world.freeswitch.ring(leg(7));
    await isNow('ended', 'cancelled');
    expect(world.freeswitch.channels.has(leg(7))).toBe(false);
  });

  test('that is over is not taken for a new one while FreeSWITCH still lists it', async () => {
    await world.stop();
    // It stays shown for as long as a busy machine may take to look.
    world = await BridgeWorld.start({ endedCallMs: 60_000 }, GATEWAY);
    await world.join(1);
    await calls();
    const channel = world.freeswitch.channels.get(leg(7));
    world.freeswitch.hangUp(leg(7), 'USER_BUSY');
    await isNow('ended', 'busy');
    if (channel !== undefined) world.freeswitch.channels.set(leg(7), channel);
    await world.bridge.auditNow();
    expect(call()).toMatchObject({ state: 'ended', end: 'busy' });
  });
});

describe('a call that a meeting makes', () => {
  test('goes to the gateway with whom to call in a signed word, and for 90 seconds', async () => {
    await world.join(1);
    await calls({ personId: 'p-7', maxMs: 60_000, invitedBy: '/calls/by.wav' });
    const variables = world.freeswitch.channels.get(leg(7))?.variables;
    expect(parseIdentity(variables?.get('sip_h_X-Partyline') ?? '', KEY)).toMatchObject({
      destination: {
        kind: 'outbound',
        room: ROOM,
        role: 'participant',
        to: CALL.to,
        untilMs: world.nowMs + 90_000,
      },
      via: 'phone',
      name: 'Grace',
      number: '+491511234567',
      personId: 'p-7',
      trunk: 'outside',
    });
    expect(parseMemo(variables?.get('partyline_memo') ?? '')).toEqual({
      invitedBy: '/calls/by.wav',
      maxMs: 60_000,
    });
    expect(world.heardLike(/sip:outbound@127\.0\.0\.1:5099 &park\(\)/)).toHaveLength(1);
  });

  test('is shown from calling to joined, with its number masked', async () => {
    await world.join(1);
    await calls();
    expect(call()).toEqual({
      id: leg(7),
      name: 'Grace',
      number: '+49…4567',
      state: 'calling',
      startedAtMs: world.nowMs,
    });
    world.freeswitch.ring(leg(7));
    await isNow('ringing');
    world.freeswitch.answer(leg(7));
    await isNow('asked');
    await eventually('invited', () => world.heardLike(/invitation/).length > 0);
    world.freeswitch.press(leg(7), '1');
    await isNow('joined');
    expect(await world.row(7)).toMatchObject({ name: 'Grace', number: '+49…4567' });
    world.freeswitch.hangUp(leg(7));
    await isNow('ended', 'left');
    await eventually('forgotten', () => call() === undefined);
  });

  test.each([
    ['USER_BUSY', 'busy'],
    ['CALL_REJECTED', 'declined'],
    ['NO_ANSWER', 'no-answer'],
    ['UNALLOCATED_NUMBER', 'unreachable'],
    ['NORMAL_TEMPORARY_FAILURE', 'failed'],
  ] as const)('that fails with %s is shown as %s, and then forgotten', async (cause, end) => {
    await world.join(1);
    await calls();
    world.freeswitch.ring(leg(7));
    await isNow('ringing');
    world.freeswitch.hangUp(leg(7), cause);
    await isNow('ended', end);
    await eventually('forgotten', () => call() === undefined);
    expect(world.bridge.rooms().has(ROOM)).toBe(true);
  });

  test('that FreeSWITCH refuses to make fails at once', async () => {
    await world.join(1);
    world.freeswitch.instead.set('originate', () => '-ERR DESTINATION_OUT_OF_ORDER\n');
    await world.bridge.execute(CALL);
    await isNow('ended', 'failed');
    expect(world.logged.join()).toContain('DESTINATION_OUT_OF_ORDER');
  });

  test('is given up on demand', async () => {
    await world.join(1);
    await calls();
    expect(await world.bridge.execute(CANCEL)).toEqual({ ok: true });
    await world.heard(`uuid_kill ${leg(7)} ORIGINATOR_CANCEL`);
    await isNow('ended', 'cancelled');
    expect(await world.bridge.execute(CANCEL)).toMatchObject({ reason: 'no-such-participant' });
  });

  test('that is taken up by nobody who presses 1 never gets into the meeting', async () => {
    await world.join(1);
    await calls();
    world.freeswitch.answer(leg(7));
    await isNow('asked');
    world.freeswitch.press(leg(7), '2');
    await isNow('ended', 'not-accepted');
    expect(world.heardLike(/00007 conference/)).toEqual([]);
  });

  test('may be the first of its meeting, and closes it when it is forgotten', async () => {
    await calls();
    expect(world.facts[0]?.kind).toBe('room-opened');
    world.freeswitch.hangUp(leg(7), 'USER_BUSY');
    await isNow('ended', 'busy');
    expect(world.bridge.rooms().has(ROOM)).toBe(true);
    await eventually('closed', () => !world.bridge.rooms().has(ROOM));
  });

  test('ends with its meeting', async () => {
    await calls();
    await world.bridge.execute({ kind: 'close-room', room: ROOM });
    await isNow('ended', 'cancelled');
  });

  test('is made once with one id, and not with a name that cannot be played', async () => {
    await world.join(1);
    await calls();
    expect(await world.bridge.execute(CALL)).toMatchObject({ reason: 'refused' });
    const other = { ...CALL, id: leg(8), invitedBy: 'x y!' } as const;
    expect(await world.bridge.execute(other)).toMatchObject({ reason: 'refused' });
    const taken = { ...CALL, id: leg(1), room: OTHER_ROOM } as const;
    expect(await world.bridge.execute(taken)).toMatchObject({ reason: 'refused' });
  });
});

describe('a call that is under way', () => {
  test('goes on when we start anew, and is not shown where it is gone by then', async () => {
    await world.join(1);
    await calls();
    world.freeswitch.ring(leg(7));
    await world.bridge.stop();
    await world.startBridge({}, GATEWAY);
    await isNow('ringing');
    expect(call()).toMatchObject({ name: 'Grace', number: '+49…4567' });
    world.freeswitch.answer(leg(7));
    await isNow('asked');
    world.freeswitch.press(leg(7), '1');
    await world.row(7);
    await isNow('joined');
    await world.bridge.stop();
    await world.startBridge({}, GATEWAY);
    await isNow('joined');
    await world.bridge.stop();
    world.freeswitch.hangUp(leg(7));
    await world.startBridge({}, GATEWAY);
    expect(call()).toBeUndefined();
  });

  test('and whose leg vanishes without a word has failed at the second audit', async () => {
    await world.join(1);
    await calls();
    world.freeswitch.channels.delete(leg(7));
    await world.bridge.auditNow();
    expect(call()?.state).toBe('calling');
    await world.bridge.auditNow();
    await isNow('ended', 'failed');
  });

  test('is never logged with its number', async () => {
    await world.join(1);
    await calls();
    world.freeswitch.hangUp(leg(7), 'USER_BUSY');
    await isNow('ended', 'busy');
    expect(world.logged.join()).not.toContain('1234567');
  });
});

describe('a called person whose minutes are counted', () => {
  test('is warned a minute before, and hung up with a word', async () => {
    await world.join(1);
    await calls({ maxMs: 60_120 });
    world.freeswitch.answer(leg(7));
    await eventually('invited', () => world.heardLike(/invitation/).length > 0);
    world.freeswitch.press(leg(7), '1');
    await world.row(7);
    await eventually('warned', () => world.heardLike(/ends-in-one-minute/).length === 1);
    await world.bridge.stop();
    world.nowMs += 60_200;
    await world.startBridge({}, GATEWAY);
    await eventually('told', () => world.heardLike(/meeting-over/).length === 1);
    await world.heard(`uuid_kill ${leg(7)} NORMAL_CLEARING`);
    expect(world.find(1)).toBeDefined();
  });
});

test('without a gateway nobody is called, and the reason is said', async () => {
  await world.bridge.stop();
  await world.startBridge();
  expect(await world.bridge.execute(CALL)).toMatchObject({
    ok: false,
    reason: 'refused',
    detail: expect.stringContaining('nobody can be called') as string,
  });
  expect(world.freeswitch.channels.size).toBe(0);
});
