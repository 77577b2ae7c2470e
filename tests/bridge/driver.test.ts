import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBridge } from '../../bridge/bridge.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import { driverMessage, driverOf } from '../../bridge/driver.ts';
import { startEmbeddedFreeswitch } from '../../switch/embedded.ts';
import { KEY, ROOM, ScriptedAdmissions } from '../support/bridge-world.ts';
import { eventually } from '../support/eventually.ts';

const log = (): void => undefined;
type Engine = Awaited<ReturnType<typeof startEmbeddedFreeswitch>>;
let engine: Engine;
const bridges: Bridge[] = [];

beforeAll(async () => {
  const rtpPorts = { first: 35_000, last: 35_099 };
  const host = '127.0.0.1';
  engine = await startEmbeddedFreeswitch({ mediaHost: host, publicHost: host, rtpPorts, log });
});
afterAll(async () => {
  await Promise.all(bridges.map((bridge) => bridge.stop()));
  await engine.stop();
});

/** A bridge that drives the engine under this number, and what it was told of nodes. */
function drive(token: number, mayCommand = (): boolean => true) {
  const bridge = startBridge({
    nodes: [],
    admissions: new ScriptedAdmissions(),
    identityKey: KEY,
    promptsDir: '/nowhere',
    now: Date.now,
    log,
  });
  bridges.push(bridge);
  const told: string[] = [];
  bridge.onNodes(({ kind }) => told.push(kind));
  bridge.drive(engine, { token, mayCommand });
  return { bridge, told };
}

test('whoever takes a node later is heard by who drives it, and who comes late is answered', async () => {
  const first = drive(10);
  await eventually('the first has found its rooms', () => first.told.includes('found'));
  const second = drive(11);
  await eventually('the first hears of it', () => first.told.includes('outdriven'));
  const late = drive(9);
  await eventually('the late one hears of it', () => late.told.includes('outdriven'));
  expect(second.told).not.toContain('outdriven');
});

test('no command goes out while the right to drive is in doubt', async () => {
  let isSure = true;
  const { bridge, told } = drive(20, () => isSure);
  await eventually('it has found its rooms', () => told.includes('found'));
  isSure = false;
  told.length = 0;
  await bridge.auditNow();
  expect(told).toEqual([]);
  isSure = true;
  await bridge.auditNow();
  expect(told).toEqual(['found']);
});

test('a node that was left says nothing more, and its rooms are nobody’s here', async () => {
  const { bridge, told } = drive(30);
  await eventually('it has found its rooms', () => told.includes('found'));
  await bridge.leave(`${engine.host}:${engine.port}`);
  expect(bridge.engines()).toEqual([]);
  expect(await bridge.execute({ kind: 'unmute-all', room: ROOM })).toMatchObject({ ok: false });
});

test('who drives is said and read alike; what is no number is not said', () => {
  const headers = new Map([['Event-Subclass', 'partyline::driver']]);
  const event = (token: string) => ({
    ...{ name: 'CUSTOM', body: '' },
    headers: new Map([...headers, ['Partyline-Token', token]]),
  });
  expect(driverMessage(7)).toBe(
    'sendevent CUSTOM\nEvent-Subclass: partyline::driver\nPartyline-Token: 7',
  );
  expect(driverOf(event('7'))).toBe(7);
  for (const odd of ['', '-1', '1.5', '7x', '1'.repeat(16)])
    expect(driverOf(event(odd))).toBeUndefined();
  expect(driverOf({ ...event('7'), name: 'DTMF' })).toBeUndefined();
  for (const odd of [-1, 1.5, NaN]) expect(() => driverMessage(odd)).toThrow('whole number');
});
