import { expect, test } from 'vitest';
import type { SipResponse } from '../../protocol/sip/message.ts';
import type { SwitchHealth } from '../../sip-gateway/switches.ts';
import {
  afterPing,
  isAlive,
  NEW_SWITCH,
  switchFor,
  switchUri,
} from '../../sip-gateway/switches.ts';

function after(...answered: boolean[]): SwitchHealth {
  return answered.reduce(afterPing, NEW_SWITCH);
}

test('two misses are weather, three take a switch down, one answer brings it back', () => {
  expect(after(false, false).up).toBe(true);
  expect(after(false, false, true, false, false).up).toBe(true);
  expect(after(false, false, false).up).toBe(false);
  expect(after(false, false, false, false).up).toBe(false);
  expect(after(false, false, false, true)).toEqual(NEW_SWITCH);
});

const answer = (status: number, name?: string): SipResponse => ({
  ...{ kind: 'response', status, reason: '', body: '' },
  headers: name === undefined ? [] : [{ name, value: 'FreeSWITCH' }],
});
const ANSWERS = [
  { said: answer(200), alive: true },
  { said: answer(404), alive: true },
  { said: answer(503, 'User-Agent'), alive: true },
  { said: answer(503), alive: false },
  { said: answer(408), alive: false },
];
for (const { said, alive } of ANSWERS) {
  test(`${said.status} ${said.headers.length > 0 ? 'signed' : 'bare'} means ${alive ? 'alive' : 'no answer'}`, () => {
    expect(isAlive(said)).toBe(alive);
  });
}

test('all legs of a room meet on one node, and only a lost node’s rooms move', () => {
  const nodes = ['a', 'b', 'c'].map((host) => ({ host, port: 5080 }));
  const rooms = Array.from({ length: 300 }, (_, n) => `m-${n}`);
  const before = rooms.map((room) => switchFor(room, nodes)?.host);
  expect(rooms.map((room) => switchFor(room, nodes.toReversed())?.host)).toEqual(before);
  const left = nodes.slice(1);
  rooms.forEach((room, n) => {
    if (before[n] !== 'a') expect(switchFor(room, left)?.host).toBe(before[n]);
  });
  for (const host of ['a', 'b', 'c']) {
    expect(before.filter((each) => each === host).length).toBeGreaterThan(60);
  }
  expect(switchFor('m-1', [])).toBeUndefined();
});

test('an IPv6 address gets its brackets', () => {
  expect(switchUri('x', { host: '::1', port: 5080 })).toBe('sip:x@[::1]:5080');
});
