import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallIdentity } from '../../../protocol/call/identity.ts';
import { BridgeWorld, header, leg } from '../../support/bridge-world.ts';
import { eventually } from '../../support/eventually.ts';

const CALLER = leg(1);
const CALLED: CallIdentity = {
  ...{ via: 'phone', name: 'Anna', number: '21', source: '192.0.2.1' },
  destination: { kind: 'call', to: { kind: 'account', username: 'bert' } },
};

let world: BridgeWorld;
beforeEach(async () => {
  world = await BridgeWorld.start({}, { gateway: { host: '127.0.0.1', port: 5099 } });
});
afterEach(() => world.stop());

const legs = () => [...world.freeswitch.channels.keys()];
const killsOf = (uuid: string) =>
  world.freeswitch.heard.filter((line) => line.startsWith(`uuid_kill ${uuid}`)).length;

/** Anna calls Bert; FreeSWITCH knows nothing of the calls to his phones before it began them, as it is told `times` times. */
async function calls(times: number): Promise<readonly [desk: string, browsers: string]> {
  world.freeswitch.instead.set('uuid_kill', (line) => {
    const uuid = line.split(' ')[1] ?? '';
    return uuid !== CALLER && killsOf(uuid) <= times ? '-ERR No such channel!\n' : undefined;
  });
  world.freeswitch.park(CALLER, header(CALLED));
  await eventually('Bert is called', () => legs().length === 3);
  const [desk = '', browsers = ''] = legs().filter((each) => each !== CALLER);
  return [desk, browsers];
}

test('a caller who gives up before FreeSWITCH began to call leaves no phone ringing', async () => {
  await calls(2);
  world.freeswitch.hangUp(CALLER, 'ORIGINATOR_CANCEL');
  await eventually('no phone is called any more', () => legs().length === 0);
});

test('a phone that rings although its caller is gone stops at once', async () => {
  const [desk, browsers] = await calls(4);
  world.freeswitch.hangUp(CALLER, 'ORIGINATOR_CANCEL');
  await eventually('all was tried', () => killsOf(desk) === 4 && killsOf(browsers) === 4);
  world.freeswitch.ring(desk);
  world.freeswitch.answer(browsers);
  await eventually('both were ended', () => legs().length === 0);
});

test('a phone that is taken up after its caller went is not left in silence', async () => {
  const [desk, browsers] = await calls(1_000);
  world.freeswitch.hangUp(CALLER, 'ORIGINATOR_CANCEL');
  await eventually('all was tried', () => killsOf(desk) === 4 && killsOf(browsers) === 4);
  world.freeswitch.instead.delete('uuid_kill');
  world.freeswitch.hangUp(browsers);
  world.freeswitch.answer(desk);
  await eventually('it was ended', () => legs().length === 0);
});

test('who transfers is told so where we stop before the end of it', async () => {
  world.freeswitch.park(CALLER, header(CALLED));
  const phones = () => [...world.freeswitch.channels.values()].filter((each) => each.outbound);
  const [desk] = await eventually('Bert is called', () => phones().length === 2 && phones());
  world.freeswitch.answer(desk!.uuid);
  await eventually('both are in', () => {
    return world.freeswitch.conferences.get(`call-${CALLER}`)?.members.length === 2;
  });
  const to = { to: { kind: 'account', username: 'carla' } } as const;
  const transferred = world.bridge.transfer({ leg: CALLER, to });
  await eventually('Carla is called', () => legs().length === 4);
  await world.bridge.stop();
  expect(await transferred).toBe(503);
});
