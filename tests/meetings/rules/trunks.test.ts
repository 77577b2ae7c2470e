import { expect, test } from 'vitest';
import { isE164 } from '../../../protocol/call/e164.ts';
import {
  changedTrunk,
  isCidr,
  isServer,
  isTrunkName,
  trunkFault,
} from '../../../meetings/rules/trunks.ts';
import type { Trunk } from '../../../protocol/call/trunk.ts';

const trunk: Trunk = {
  name: 'provider',
  server: 'sip.example.org:5060',
  transport: 'udp',
  register: false,
  addresses: ['192.0.2.0/24'],
  numbers: [{ number: '+4930901234', label: 'Berlin', language: 'de' }],
  outbound: true,
  trustsCallerId: true,
};

const words: readonly (readonly [string, (text: string) => boolean, string[], string[]])[] = [
  [
    'a trunk’s name',
    isTrunkName,
    ['a', 'provider-1'],
    ['', 'A', '1a', 'a.b', 'a b', 'ä', 'a'.repeat(33)],
  ],
  [
    'a server',
    isServer,
    ['sip.example.org:5060', '192.0.2.7:5061', '[2001:db8::1]:5060', 'pbx:1'],
    [
      'sip.example.org',
      'a:0',
      'a:65536',
      ':5060',
      'a;b:5060',
      'a b:1',
      '-a:1',
      '[zz]:5060',
      'a..b:1',
      'a:5060\n',
    ],
  ],
  [
    'a network',
    isCidr,
    ['192.0.2.0/24', '192.0.2.7/32', '2001:db8::/32', '::1/128'],
    ['192.0.2.0', '192.0.2.0/33', '0.0.0.0/0', '::/0', '192.0.2/24', '2001:db8::/129', 'a/8', ''],
  ],
  [
    'a number',
    isE164,
    ['+4930901234', '+12025550123'],
    ['4930901234', '+0301', '+49', '+49 30 1', '+1234567890123456'],
  ],
];
for (const [what, check, good, bad] of words) {
  test.each(good)(`%j is ${what}`, (text) => expect(check(text)).toBe(true));
  test.each(bad)(`%j is not ${what}`, (text) => expect(check(text)).toBe(false));
}

const other = {
  ...trunk,
  name: 'other',
  numbers: [{ number: '+4940111222', label: 'H', language: 'de' }],
} as const;
const faults = [
  ['a sound one', {}, undefined],
  ['one that registers without a name', { register: true }, 'no-username'],
  ['one with a password and no name', { password: 'x' }, 'no-username'],
  ['one that registers', { register: true, username: 'u', addresses: [] }, undefined],
  ['one with numbers that anybody could pretend to be', { addresses: [] }, 'no-way-in'],
  ['one for calls out alone', { addresses: [], numbers: [] }, undefined],
  ['one with a number of another', { numbers: other.numbers }, 'number-taken'],
  ['one with a number twice', { numbers: [...trunk.numbers, ...trunk.numbers] }, 'number-taken'],
] as const;
test.each(faults)('%s: %s', (_, more, expected) => {
  expect(trunkFault({ ...trunk, ...more }, [other])).toBe(expected);
});

test('a change leaves what it does not name, and null takes away', () => {
  const named = { ...trunk, username: 'u', password: 'p', callerId: '+4930901234' };
  const change = { outbound: false, callerId: null, password: null, server: undefined };
  expect(changedTrunk(named, change)).toEqual({ ...trunk, username: 'u', outbound: false });
});
