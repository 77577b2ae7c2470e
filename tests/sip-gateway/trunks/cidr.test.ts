import { expect, test } from 'vitest';
import { isWithin } from '../../../sip-gateway/trunks/cidr.ts';

const CASES: readonly (readonly [string, readonly string[], boolean])[] = [
  ['203.0.113.7', ['203.0.113.0/24'], true],
  ['203.0.114.7', ['203.0.113.0/24'], false],
  ['203.0.113.7', ['198.51.100.0/24', '203.0.113.7/32'], true],
  ['203.0.113.8', ['203.0.113.7/32'], false],
  ['::ffff:203.0.113.7', ['203.0.113.0/24'], true],
  ['2001:db8::1', ['2001:db8::/32'], true],
  ['2001:db9::1', ['2001:db8::/32'], false],
  ['fe80::1%eth0', ['fe80::/10'], true],
  ['203.0.113.7', ['2001:db8::/32', '::/0', '0.0.0.0/0'], false],
  ['203.0.113.7', ['203.0.113.7', '203.0.113.0/33', 'nonsense/8', '/'], false],
  ['nonsense', ['0.0.0.0/1'], false],
  ['203.0.113.7', [], false],
];
for (const [address, ranges, wanted] of CASES) {
  test(`${address} is ${wanted ? '' : 'not '}within ${ranges.join(' ') || 'nothing'}`, () => {
    expect(isWithin(address, ranges)).toBe(wanted);
  });
}
