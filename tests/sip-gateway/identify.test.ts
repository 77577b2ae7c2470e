import { expect, test } from 'vitest';
import type { Caller } from '../../sip-gateway/route.ts';
import { identify, nameOf } from '../../sip-gateway/identify.ts';
import type { SipRequest } from '../../protocol/sip/message.ts';
import { isDevice } from '../../protocol/room/room.ts';
import type { RoomId } from '../../protocol/room/room.ts';

function invite(userAgent?: string): SipRequest {
  const headers = userAgent === undefined ? [] : [{ name: 'User-Agent', value: userAgent }];
  const uri = 'sip:1@example.org';
  return { kind: 'request', method: 'INVITE', uri, headers, body: '' };
}

/** A display name and a number, and what people see. */
const CASES = [
  { displayName: 'Eve', number: '+4930901234', sees: { name: 'Eve' } },
  { displayName: '', number: '+4930901234', sees: { name: 'Caller …1234', unnamed: true } },
  {
    displayName: '+49 (30) 90-1234',
    number: '+4930901234',
    sees: { name: 'Caller …1234', unnamed: true },
  },
  { displayName: '030901234', number: '030901234', sees: { name: 'Caller …1234', unnamed: true } },
  { displayName: '', number: '21', sees: { name: 'Caller 21', unnamed: true } },
  { displayName: '  ', number: '', sees: { name: 'Phone caller', unnamed: true } },
  { displayName: '', number: 'visitor', sees: { name: 'visitor', unnamed: true } },
] as const;
for (const { displayName, number, sees } of CASES) {
  test(`"${displayName}" <${number}> is shown as ${sees.name}`, () => {
    expect(nameOf(displayName, number)).toEqual(sees);
  });
}

test('a desk phone that is somebody’s is vouched for as theirs; the house’s as nobody’s', () => {
  const ha1 = { md5: '', sha256: '' };
  const request = invite();
  const room = 'm-abcdefghijklmnop' as RoomId;
  const vouched = {
    destination: { kind: 'meeting', room, role: 'participant' },
    source: '192.0.2.1',
  } as const;
  const from = (personId?: string): Caller => ({
    kind: 'account',
    account: { username: 'desk', name: 'Desk', ha1, ...(personId !== undefined && { personId }) },
  });
  expect(identify(from('p-ada'), request, vouched)).toMatchObject({
    account: 'desk',
    personId: 'p-ada',
  });
  expect(identify(from(), request, vouched)).not.toHaveProperty('personId');
});

const BROWSER: Caller = {
  kind: 'browser',
  credential: {
    ...{ username: 'b', room: 'm-abcdefghijklmnop' as RoomId, role: 'participant', name: 'Ada' },
    ...{ ha1: { md5: '', sha256: '' }, expiresAtMs: 0 },
  },
};

test.each([
  ['Partyline softphone (Chrome 140, Linux)', 'Partyline softphone (Chrome 140, Linux)'],
  [`Phone\u202e\u0000 ${'x'.repeat(80)}`, `Phone ${'x'.repeat(54)}`],
  [`${'x'.repeat(59)} y`, 'x'.repeat(59)],
  ['\u202e ', undefined],
  [undefined, undefined],
])('a User-Agent %j is told as the device %j', (userAgent, device) => {
  const vouched = { destination: { kind: 'echo' }, source: '192.0.2.1' } as const;
  const told = identify(BROWSER, invite(userAgent), vouched).device;
  expect(told).toBe(device);
  expect(told === undefined || isDevice(told)).toBe(true);
});

test('what a provider calls itself is nobody’s device', () => {
  const from = { number: '+4930901234', displayName: 'Eve', withheld: false };
  const caller = { kind: 'trunk', trunk: { name: 'provider' }, from } as unknown as Caller;
  const vouched = { destination: { kind: 'echo' }, source: '192.0.2.1' } as const;
  expect(identify(caller, invite('SBC/1'), vouched)).not.toHaveProperty('device');
});
