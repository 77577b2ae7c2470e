import { expect, test } from 'vitest';
import type { Trunk } from '../../../protocol/call/trunk.ts';
import type { Binding } from '../../../sip-gateway/directory.ts';
import { numberBy, phonesOf, trunkUri } from '../../../sip-gateway/outbound/callees.ts';

const TRUNK: Trunk = {
  ...{ name: 'telco', server: 'sip.telco.example:5060', transport: 'udp', register: false },
  ...{ addresses: [], numbers: [], outbound: true, trustsCallerId: true },
};

const URIS = [
  { server: 'sip.telco.example:5060', transport: 'udp', uri: 'sip:+49301@sip.telco.example' },
  { server: 'sip.telco.example:5070', transport: 'udp', uri: 'sip:+49301@sip.telco.example:5070' },
  { server: '192.0.2.1:5060', transport: 'tcp', uri: 'sip:+49301@192.0.2.1;transport=tcp' },
  { server: '[2001:db8::1]:5060', transport: 'udp', uri: 'sip:+49301@[2001:db8::1]' },
  { server: 'telco.example:5061', transport: 'tls', uri: 'sip:+49301@telco.example;transport=tls' },
] as const;
for (const { server, transport, uri } of URIS) {
  test(`a number by ${server} over ${transport} is ${uri}`, () => {
    expect(trunkUri({ server, transport }, '+49301')).toBe(uri);
  });
}

test('a trunk without a number of its own is shown by its user name, escaped', () => {
  const { headers, login } = numberBy({ ...TRUNK, username: 'a@b"', password: 'pw' }, '+49301');
  expect(headers).toEqual([{ name: 'From', value: '<sip:a%40b%22@sip.telco.example>' }]);
  expect(login).toEqual({ username: 'a@b"', password: 'pw' });
  expect(numberBy(TRUNK, '+49301').login).toBeUndefined();
});

test('a phone whose registration has run out does not ring', () => {
  const binding: Omit<Binding, 'expiresAtMs'> = {
    contact: 'sip:desk@192.0.2.9',
    transport: 'tcp',
    ...{ address: '198.51.100.1', port: 4000, callId: 'c', cseq: 1, userAgent: '' },
  };
  const living = { ...binding, expiresAtMs: 1001 };
  expect(phonesOf([living, { ...binding, expiresAtMs: 1000 }], 1000)).toMatchObject([
    {
      uri: 'sip:desk@192.0.2.9',
      towards: { transport: 'tcp', address: '198.51.100.1', port: 4000 },
    },
  ]);
});
