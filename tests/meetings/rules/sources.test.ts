import { expect, test } from 'vitest';
import { accountable, maskedSource, networkOf } from '../../../meetings/rules/sources.ts';

const addresses = [
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['2001:DB8::', '2001:db8:0:0::/64'],
  ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
  ['+4930901234', '+4930901234'],
] as const;
test.each(addresses)('tries from %s count against %s', (source, expected) => {
  expect(accountable(source)).toBe(expected);
});

test('of one IPv6 network all addresses are one caller', () => {
  expect(accountable('2001:db8::1')).toBe(accountable('2001:db8:0:0:ffff:ffff:ffff:ffff'));
  expect(accountable('2001:db8::1')).not.toBe(accountable('2001:db8:0:1::1'));
});

test.each([
  ['+4930901234', 'numbers'],
  ['4930901234', 'numbers'],
  ['192.0.2.7', 'addresses'],
  ['2001:db8:0:0::/64', 'addresses'],
  ['', 'addresses'],
] as const)('%s is of the %s', (source, expected) => {
  expect(networkOf(source)).toBe(expected);
});

test.each([
  ['+4930901234', '+49…1234'],
  ['192.0.2.7', '192.0.…'],
  ['2001:db8:1:2::/64', '2001:db8:…'],
])('%s is shown as %s', (source, expected) => {
  expect(maskedSource(source)).toBe(expected);
});
