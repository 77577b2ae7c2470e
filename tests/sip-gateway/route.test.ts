import { expect, test } from 'vitest';
import type { RoomId } from '../../protocol/room/room.ts';
import type { Dialled } from '../../sip-gateway/directory.ts';
import type { Caller, Route } from '../../sip-gateway/route.ts';
import { refusalAtDoor, route } from '../../sip-gateway/route.ts';

const ROOM = 'm-abcdefghijklmnop' as RoomId;
const OTHER = 'm-bcdefghijklmnopq' as RoomId;
const ha1 = { md5: '', sha256: '' };

const CALLERS: Readonly<Record<string, Caller>> = {
  visitor: { kind: 'anonymous' },
  account: { kind: 'account', account: { username: 'anna', name: 'Anna', ha1 } },
  browser: {
    kind: 'browser',
    credential: {
      ...{ username: 'b', room: ROOM, role: 'moderator', name: 'Cleo', ha1, expiresAtMs: 1 },
    },
  },
};

const meeting = (by: 'code' | 'extension' | 'id', room = ROOM): Dialled => ({
  ...{ kind: 'meeting', room, role: 'participant', by },
});
const into = (by: 'code' | 'extension'): Route => ({
  ...{ kind: 'to-meeting', room: ROOM, role: 'participant', by },
});
const own: Route = { kind: 'to-meeting', room: ROOM, role: 'moderator' };
const desk: Route = { kind: 'to-reception', dialled: '7000' };

/** Who dials what, and where that leads: a route, or a status. */
const CASES: readonly [string, Dialled, Route | number][] = [
  ['visitor', { kind: 'reception' }, desk],
  ['visitor', meeting('code'), into('code')],
  ['visitor', meeting('extension'), 404],
  ['visitor', meeting('id'), 404],
  ['visitor', { kind: 'unknown' }, 404],
  ['visitor', { kind: 'throttled' }, 404],
  ['visitor', { kind: 'echo' }, 404],
  ['account', { kind: 'reception' }, desk],
  ['account', meeting('code'), into('code')],
  ['account', meeting('extension'), into('extension')],
  ['account', meeting('id'), 404],
  ['account', { kind: 'unknown' }, 404],
  ['account', { kind: 'throttled' }, 404],
  ['account', { kind: 'echo' }, { kind: 'to-echo' }],
  ['browser', { kind: 'reception' }, 403],
  ['browser', meeting('code'), 403],
  ['browser', meeting('extension'), 403],
  ['browser', meeting('id'), own],
  ['browser', meeting('id', OTHER), 403],
  ['browser', { kind: 'unknown' }, 403],
  ['browser', { kind: 'throttled' }, 403],
  ['browser', { kind: 'echo' }, { kind: 'to-echo' }],
];
for (const [who, dialled, wanted] of CASES) {
  const what = dialled.kind === 'meeting' ? `a meeting by ${dialled.by}` : dialled.kind;
  test(`${who} dials ${what}: ${typeof wanted === 'number' ? wanted : wanted.kind}`, () => {
    const decided = route(CALLERS[who] as Caller, dialled, '7000');
    if (typeof wanted === 'number')
      expect(decided).toMatchObject({ kind: 'refuse', status: wanted });
    else expect(decided).toEqual(wanted);
  });
}

const DOOR = [
  { call: { maxForwards: 70 }, accepting: true, switchUp: true, status: undefined },
  { call: { maxForwards: 0 }, accepting: true, switchUp: true, status: 483 },
  { call: { maxForwards: 70 }, accepting: false, switchUp: true, status: 503 },
  { call: { maxForwards: 70 }, accepting: true, switchUp: false, status: 503 },
];
for (const { call, accepting, switchUp, status } of DOOR) {
  test(`at the door: ${JSON.stringify({ ...call, accepting, switchUp })} gets ${status ?? 'in'}`, () => {
    expect(refusalAtDoor(call, { accepting, switchUp })?.status).toBe(status);
  });
}
