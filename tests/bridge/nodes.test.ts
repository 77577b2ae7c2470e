import { afterEach, expect, test } from 'vitest';
import { startBridge } from '../../bridge/bridge.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import {
  KEY,
  OTHER_ROOM,
  ROOM,
  ScriptedAdmissions,
  header,
  identity,
  leg,
} from '../support/bridge-world.ts';
import { eventually } from '../support/eventually.ts';
import { ScriptedFreeSwitch } from '../support/scripted-freeswitch.ts';

const nodes: ScriptedFreeSwitch[] = [];
let bridge: Bridge | undefined;

afterEach(async () => {
  await bridge?.stop();
  await Promise.all(nodes.splice(0).map((node) => node.wire.close()));
});

async function two(): Promise<readonly [ScriptedFreeSwitch, ScriptedFreeSwitch, Bridge]> {
  const first = new ScriptedFreeSwitch();
  const second = new ScriptedFreeSwitch();
  nodes.push(first, second);
  await first.wire.listen();
  await second.wire.listen();
  const started = startBridge({
    nodes: [first.wire.address, second.wire.address],
    admissions: new ScriptedAdmissions(),
    identityKey: KEY,
    promptsDir: '/prompts',
    now: () => 0,
    log: () => undefined,
    pace: { commandMs: 300 },
  });
  bridge = started;
  await eventually('both join', () => started.engines().every(({ state }) => state === 'joined'));
  return [first, second, started];
}

test('each room lives on the node where its first leg came', async () => {
  const [first, second, rooms] = await two();
  first.park(leg(1), header(identity('Ada')));
  second.park(leg(2), header(identity('Bob', { room: OTHER_ROOM })));
  await eventually('both in', () => rooms.rooms().size === 2);
  expect(rooms.nodeOf(ROOM)).toBe(`127.0.0.1:${first.wire.port}`);
  expect(rooms.nodeOf(OTHER_ROOM)).toBe(`127.0.0.1:${second.wire.port}`);
  await rooms.execute({ kind: 'set-muted', room: OTHER_ROOM, id: leg(2), on: true, by: 'program' });
  expect(second.heard).toContain(`conference ${OTHER_ROOM} mute 1 quiet`);
  expect(first.heard.join()).not.toContain(' mute ');
});

test('a leg that comes to another node is sent away to try again, not to an empty room', async () => {
  const [first, second, rooms] = await two();
  first.park(leg(1), header(identity('Ada')));
  await eventually('in', () => rooms.rooms().size === 1);
  second.park(leg(2), header(identity('Bob')));
  await eventually('sent away', () =>
    second.heard.includes(`uuid_kill ${leg(2)} NORMAL_TEMPORARY_FAILURE`),
  );
  expect(second.conferences.size).toBe(0);
});

test('one lost node leaves the rooms of the other as they are', async () => {
  const [first, second, rooms] = await two();
  first.park(leg(1), header(identity('Ada')));
  second.park(leg(2), header(identity('Bob', { room: OTHER_ROOM })));
  await eventually('both in', () => rooms.rooms().size === 2);
  await first.wire.close();
  await eventually('lost', () => rooms.engines()[0]?.state === 'connecting');
  expect(await rooms.execute({ kind: 'set-locked', room: OTHER_ROOM, on: true })).toEqual({
    ok: true,
  });
  expect(await rooms.execute({ kind: 'set-locked', room: ROOM, on: true })).toMatchObject({
    reason: 'switch-unavailable',
  });
});

test('a wrong password is told as a refusal with what to do', async () => {
  const node = new ScriptedFreeSwitch();
  nodes.push(node);
  await node.wire.listen();
  const started = startBridge({
    nodes: [{ ...node.wire.address, password: 'wrong' }],
    admissions: new ScriptedAdmissions(),
    identityKey: KEY,
    promptsDir: '/prompts',
    now: () => 0,
    log: () => undefined,
  });
  bridge = started;
  await eventually('refused', () => started.engines()[0]?.state === 'refused');
  expect(started.engines()[0]?.detail).toMatch(/password/);
  expect(await started.execute({ kind: 'set-locked', room: ROOM, on: true })).toMatchObject({
    reason: 'switch-unavailable',
  });
});
