import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../protocol/sip/address.ts';
import type { Binding } from '../../sip-gateway/directory.ts';
import type { RegisterRequest } from '../../sip-gateway/registrar.ts';
import { register } from '../../sip-gateway/registrar.ts';

const NOW = 1_000_000;

function wish(
  contacts: readonly string[] | '*',
  more: Partial<RegisterRequest> = {},
): RegisterRequest {
  return {
    contacts: contacts === '*' ? '*' : contacts.map(parseAddress),
    expiresHeader: undefined,
    callId: 'c1',
    cseq: 10,
    userAgent: 'Phone/1',
    from: { transport: 'udp', address: '10.0.0.1', port: 5062 },
    ...more,
  };
}

function bound(contact: string, more: Partial<Binding> = {}): Binding {
  return {
    contact,
    transport: 'udp',
    address: '10.0.0.1',
    port: 5062,
    callId: 'c1',
    cseq: 9,
    userAgent: 'Phone/1',
    expiresAtMs: NOW + 500_000,
    ...more,
  };
}

describe('how long a contact is bound', () => {
  const CASES = [
    { name: 'its own expires', contact: '<sip:a@10.0.0.1>;expires=120', seconds: 120 },
    { name: 'the Expires header', contact: '<sip:a@10.0.0.1>', header: '300', seconds: 300 },
    {
      name: 'its own before the header',
      contact: '<sip:a@10.0.0.1>;expires=120',
      header: '300',
      seconds: 120,
    },
    { name: 'an hour, unasked', contact: '<sip:a@10.0.0.1>', seconds: 3600 },
    { name: 'an hour at most', contact: '<sip:a@10.0.0.1>;expires=86400', seconds: 3600 },
    { name: 'an hour for nonsense', contact: '<sip:a@10.0.0.1>', header: 'soon', seconds: 3600 },
  ];
  for (const { name, contact, header, seconds } of CASES) {
    test(name, () => {
      const answer = register([], wish([contact], { expiresHeader: header }), NOW);
      expect(answer).toMatchObject({
        kind: 'registered',
        bindings: [{ contact: 'sip:a@10.0.0.1', expiresAtMs: NOW + seconds * 1000 }],
        contacts: [`<sip:a@10.0.0.1>;expires=${seconds}`],
      });
    });
  }

  test('less than a minute is too brief', () => {
    expect(register([], wish(['<sip:a@10.0.0.1>;expires=59']), NOW)).toEqual({
      kind: 'refused',
      status: 423,
      reason: 'Interval Too Brief',
      minExpiresS: 60,
    });
  });
});

test('a query tells what lives and changes nothing', () => {
  const old = [bound('sip:a@10.0.0.1'), bound('sip:b@10.0.0.1', { expiresAtMs: NOW })];
  expect(register(old, wish([]), NOW)).toMatchObject({
    bindings: [{ contact: 'sip:a@10.0.0.1' }],
    contacts: ['<sip:a@10.0.0.1>;expires=500'],
  });
});

test('a refresh replaces the same contact, however it is written', () => {
  const answer = register(
    [bound('sip:a@Host.Example:5060;ob')],
    wish(['<sip:a@host.example:5060>']),
    NOW,
  );
  expect(answer).toMatchObject({ bindings: [{ contact: 'sip:a@host.example:5060', cseq: 10 }] });
});

test('another port or transport is another contact', () => {
  const old = [bound('sip:a@10.0.0.1:5062')];
  const answer = register(
    old,
    wish(['<sip:a@10.0.0.1:5063>', '<sip:a@10.0.0.1:5062;transport=tcp>']),
    NOW,
  );
  expect(answer.kind === 'registered' && answer.bindings).toHaveLength(3);
});

test('expires=0 removes one contact, * with Expires 0 all of them', () => {
  const old = [bound('sip:a@10.0.0.1'), bound('sip:b@10.0.0.1')];
  expect(register(old, wish(['<sip:a@10.0.0.1>;expires=0']), NOW)).toMatchObject({
    bindings: [{ contact: 'sip:b@10.0.0.1' }],
  });
  expect(register(old, wish('*', { expiresHeader: '0' }), NOW)).toEqual({
    kind: 'registered',
    bindings: [],
    contacts: [],
  });
});

const REFUSED = [
  { name: '* with another Expires', request: wish('*', { expiresHeader: '60' }) },
  { name: '* without Expires', request: wish('*') },
  { name: 'an old CSeq', request: wish(['<sip:a@10.0.0.1>'], { cseq: 9 }) },
  { name: '* with an old CSeq', request: wish('*', { expiresHeader: '0', cseq: 9 }) },
  { name: 'a contact that is no SIP address', request: wish(['<mailto:a@b>']) },
  { name: 'a contact of a kilobyte', request: wish([`<sip:${'a'.repeat(1000)}@b>`]) },
  { name: 'a priority above 1', request: wish(['<sip:b@10.0.0.1>;q=1.5']) },
];
for (const { name, request } of REFUSED) {
  test(`${name} is refused with 400`, () => {
    expect(register([bound('sip:a@10.0.0.1')], request, NOW)).toMatchObject({
      kind: 'refused',
      status: 400,
    });
  });
}

test('an old CSeq under a new Call-ID counts: the phone has restarted', () => {
  const answer = register(
    [bound('sip:a@10.0.0.1')],
    wish(['<sip:a@10.0.0.1>'], { callId: 'c2', cseq: 1 }),
    NOW,
  );
  expect(answer).toMatchObject({ bindings: [{ callId: 'c2', cseq: 1 }] });
});

test('ten contacts are enough', () => {
  const contacts = (count: number) =>
    Array.from({ length: count }, (_, n) => `<sip:a@10.0.0.1:${6000 + n}>`);
  expect(register([], wish(contacts(10)), NOW).kind).toBe('registered');
  expect(register([], wish(contacts(11)), NOW)).toMatchObject({ kind: 'refused', status: 403 });
});
