import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallIdentity } from '../../../protocol/call/identity.ts';
import { BridgeWorld, header, leg } from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';

const CALLER = leg(1);
const ROOM = `call-${CALLER}`;
const GATEWAY = { gateway: { host: '127.0.0.1', port: 5099 } };

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start({}, GATEWAY);
});
afterEach(() => world.stop());

const WANTED: CallIdentity = {
  destination: {
    kind: 'call',
    to: { kind: 'account', username: 'bert' },
    called: { name: 'Bert', number: '22' },
  },
  via: 'phone',
  name: 'Anna',
  number: '21',
  source: '192.0.2.1',
};

/** Anna calls Bert: the legs to his desk phones and to his browsers, in the order they were made. */
async function called(): Promise<readonly [desk: string, browsers: string]> {
  world.freeswitch.park(CALLER, header(WANTED));
  return outbound();
}

async function outbound(): Promise<readonly [desk: string, browsers: string]> {
  const ours = () => [...world.freeswitch.channels.values()].filter((each) => each.outbound);
  const both = await eventually('Bert is called', () => ours().length === 2 && ours());
  const [desk, browsers] = both.map(({ uuid }) => uuid);
  return [desk ?? '', browsers ?? ''];
}

/** Anna and Bert talk; returns Bert's leg. */
async function talking(): Promise<string> {
  const [desk] = await called();
  world.freeswitch.answer(desk);
  await eventually('both are in', () => inside().length === 2);
  return desk;
}

const inside = () => world.freeswitch.conferences.get(ROOM)?.members.map(({ uuid }) => uuid) ?? [];
const legs = () => [...world.freeswitch.channels.keys()];

async function restart(): Promise<void> {
  await world.bridge.stop();
  await world.startBridge({}, GATEWAY);
}

describe('a bridge that starts anew', () => {
  test('leaves two who talk alone, and hangs up who is left when one of them goes', async () => {
    const bert = await talking();
    await restart();
    await world.bridge.auditNow();
    expect(inside().sort()).toEqual([CALLER, bert].sort());
    expect(world.bridge.rooms().size).toBe(0);
    world.freeswitch.hangUp(bert);
    await eventually('nobody is left', () => legs().length === 0);
  });

  test('hangs up who was left alone while nobody looked', async () => {
    const bert = await talking();
    await world.bridge.stop();
    world.freeswitch.hangUp(bert);
    await world.startBridge({}, GATEWAY);
    await eventually('nobody is left', () => legs().length === 0);
  });

  test('passes keys on and lets one hold a call that it found', async () => {
    const bert = await talking();
    await restart();
    world.freeswitch.press(CALLER, '5');
    await world.heard(`uuid_send_dtmf ${bert} 5`);
  });

  test.each([
    { rang: 'rings', ring: true },
    { rang: 'is being called', ring: false },
  ])('calls anew where it only $rang: the phones stop, and can be taken up', async ({ ring }) => {
    const before = await called();
    if (ring) for (const phone of before) world.freeswitch.ring(phone);
    if (ring) await world.heard(`${CALLER} ring_ready`);
    await restart();
    for (const phone of before) await world.heard(`uuid_kill ${phone} NORMAL_CLEARING`);
    const [desk] = await outbound();
    expect(before).not.toContain(desk);
    const stops = world.freeswitch.heard.findIndex((line) => line.startsWith('uuid_kill'));
    expect(world.freeswitch.heard.findLastIndex(isOriginate)).toBeGreaterThan(stops);
    world.freeswitch.answer(desk);
    await eventually('both are in', () => inside().length === 2);
    expect(legs().sort()).toEqual([CALLER, desk].sort());
  });

  test('ends a phone that was taken up while nobody looked, and rings again', async () => {
    const [desk, browsers] = await called();
    await world.bridge.stop();
    world.freeswitch.answer(desk);
    await world.startBridge({}, GATEWAY);
    await eventually('it rings anew', () => legs().length === 3 && !legs().includes(desk));
    expect(legs()).not.toContain(browsers);
    expect(legs()).toContain(CALLER);
  });

  test('hangs up a caller who was being let in', async () => {
    const [desk] = await called();
    await world.bridge.stop();
    world.freeswitch.answer(desk);
    Object.assign(world.freeswitch.channels.get(CALLER) ?? {}, {
      ...{ application: 'answer', answered: true },
    });
    await world.startBridge({}, GATEWAY);
    await eventually('nobody is left', () => legs().length === 0);
  });
});

const isOriginate = (line: string) => line.startsWith('originate');
