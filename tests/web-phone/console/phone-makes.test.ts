import { describe, expect, test } from 'vitest';
import type { AccountView } from '../../../protocol/http/views.ts';
import {
  isOpenOnTheWay,
  makeSettings,
  PHONE_MAKES,
} from '../../../web-phone/console/phone-makes.ts';
import type { PhoneMake } from '../../../web-phone/console/phone-makes.ts';

const ACCOUNT: AccountView = {
  username: 'reception',
  name: 'Reception',
  password: 'k3v5q2xw7abcdefghij2',
  createdAt: '2026-11-20T09:00:00.000Z',
  server: { address: 'pbx.example:5070', transports: ['udp', 'tcp'] },
  registered: [],
  provisioning: {
    url: 'https://meet.example/provision/token/',
    expiresAt: '2026-11-22T09:15:00.000Z',
  },
};

describe.each(PHONE_MAKES)('settings for %s', (make) => {
  const { fields, file } = makeSettings(make, ACCOUNT);

  test('have the server, the user name and the password in fields or in a file', () => {
    const all = [...fields.map(({ value }) => value), file?.text ?? ''].join('\n');
    for (const part of ['pbx.example', '5070', 'reception', ACCOUNT.password])
      expect(all).toContain(part);
  });

  test('name no field twice', () => {
    expect(new Set(fields.map(({ label }) => label)).size).toBe(fields.length);
  });
});

describe('of the fields one need not type', () => {
  const optionalAt = (make: PhoneMake, address: string) =>
    makeSettings(make, { ...ACCOUNT, server: { address, transports: ['udp', 'tcp'] } })
      .fields.filter(({ isOptional }) => isOptional)
      .map(({ label }) => label);

  test('names are, and the port and transport that a phone has by itself', () => {
    expect(optionalAt('yealink', 'pbx.example:5060')).toEqual([
      'SIP Server 1: Port',
      'SIP Server 1: Transport',
      'Label',
      'Display Name',
    ]);
  });

  test('another port is not', () => {
    expect(optionalAt('yealink', 'pbx.example:5070')).not.toContain('SIP Server 1: Port');
  });

  test.each(PHONE_MAKES)('the password of %s is not', (make) => {
    expect(optionalAt(make, 'pbx.example:5060').join()).not.toMatch(/password/i);
  });
});

test.each([
  ['yealink', 'https://meet.example/provision/token/', false],
  ['snom', 'https://meet.example/provision/token/snom.xml', false],
  ['grandstream', 'meet.example/provision/token', false],
  ['linphone', 'https://meet.example/provision/token/linphone.xml', true],
] as const)('%s is given the address that it fetches by', (make, address, asQr) => {
  expect(makeSettings(make, ACCOUNT).fetches).toEqual({ address, asQr });
});

test('Zoiper has no code: theirs would tell its makers the password', () => {
  expect(makeSettings('zoiper', ACCOUNT)).not.toHaveProperty('fetches');
});

test('nothing is fetched where the answer names no address', () => {
  const { username, name, createdAt, server, registered } = ACCOUNT;
  const without = { username, name, createdAt, server, registered };
  expect(makeSettings('linphone', without)).not.toHaveProperty('fetches');
});

test.each([
  ['http://meet.example/provision/t/', true],
  ['http://192.0.2.7:8080/provision/t/', true],
  ['https://meet.example/provision/t/', false],
  ['http://127.0.0.1:8080/provision/t/', false],
  ['http://localhost/provision/t/', false],
])('whether others can read along at %s: %s', (url, open) => {
  expect(isOpenOnTheWay(url)).toBe(open);
});
