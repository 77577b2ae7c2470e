import { expect, test } from 'vitest';
import { comesFrom } from '../../../sip-gateway/outbound/switch-addresses.ts';
import { judge, SpentOrders } from '../../../sip-gateway/outbound/voucher.ts';
import { orderOf, TO_ANNA } from '../../support/calls-out.ts';

const NOW = 1_000_000;
const identity = orderOf(TO_ANNA, NOW + 90_000);
const vouched = { identity, header: 'v1.body.mac' };
const FROM_SWITCH = { isSwitch: true };

test('an order of a switch is taken, and once it is spent no more, however its signature is spelt', () => {
  const spent = new SpentOrders();
  expect(judge(vouched, FROM_SWITCH, spent, NOW)).toMatchObject({ kind: 'take' });
  spent.add(vouched.header, NOW + 90_000, NOW);
  const refused = { kind: 'refuse', status: 403 };
  expect(judge(vouched, FROM_SWITCH, spent, NOW)).toEqual(refused);
  expect(judge({ identity, header: 'v1.body.maC' }, FROM_SWITCH, spent, NOW)).toEqual(refused);
});

test('an order that is late is refused, an overheard one and a call of ours are loops', () => {
  const spent = new SpentOrders();
  expect(judge(vouched, FROM_SWITCH, spent, NOW + 90_000)).toMatchObject({ status: 403 });
  expect(judge(vouched, { isSwitch: false }, spent, NOW)).toMatchObject({ status: 482 });
  const inbound = { ...identity, destination: { kind: 'reception', dialled: '7' } as const };
  expect(judge({ identity: inbound, header: 'h' }, FROM_SWITCH, spent, NOW)).toMatchObject({
    status: 482,
  });
});

test('what expired is forgotten', () => {
  const spent = new SpentOrders();
  for (let at = 0; at < 100; at += 1) spent.add(`v1.${at}.m`, NOW + at, NOW);
  spent.add('v1.last.m', NOW + 1000, NOW + 200);
  expect(spent.size).toBe(1);
});

const PLACES = [
  { address: '10.0.0.5', switches: ['10.0.0.5'], own: [], is: true },
  { address: '::ffff:10.0.0.5', switches: ['10.0.0.5'], own: [], is: true },
  { address: '10.0.0.6', switches: ['10.0.0.5'], own: ['10.0.0.6'], is: false },
  { address: '127.0.0.1', switches: ['10.0.0.5'], own: ['10.0.0.6'], is: false },
  { address: '127.0.0.1', switches: ['10.0.0.5'], own: ['10.0.0.5'], is: true },
  { address: '203.0.113.1', switches: ['127.0.0.1'], own: ['203.0.113.1'], is: true },
  { address: '203.0.113.2', switches: ['127.0.0.1'], own: ['203.0.113.1'], is: false },
];
for (const { address, switches, own, is } of PLACES) {
  test(`${address} is ${is ? 'a' : 'no'} switch at ${switches.join()} for a machine at ${own.join() || 'nowhere'}`, () => {
    expect(comesFrom(address, switches, own)).toBe(is);
  });
}
