import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SipProtocolError } from '../../../protocol/sip/errors.ts';
import {
  formatUri,
  hostAddress,
  hostText,
  isSipUri,
  parseUri,
  schemeOf,
} from '../../../protocol/sip/uri.ts';

test('a URI of every part is taken apart', () => {
  const uri = parseUri('SIPS:a%20b:pass@Example.COM:5061;Transport=tcp;lr?Subject=x&Priority=y');
  expect(uri).toMatchObject({
    scheme: 'sips',
    user: 'a b',
    password: 'pass',
    host: 'example.com',
    port: 5061,
    headers: 'Subject=x&Priority=y',
  });
  expect([...uri.parameters]).toEqual([
    ['transport', 'tcp'],
    ['lr', ''],
  ]);
});

test('IPv6 hosts keep their brackets in a URI and lose them as an address', () => {
  const { host, port } = parseUri('sip:[2001:DB8::10]:5070');
  expect([host, port, hostAddress(host), hostText('2001:db8::10')]).toEqual([
    '[2001:db8::10]',
    5070,
    '2001:db8::10',
    '[2001:db8::10]',
  ]);
});

const faulty = [
  'sip:',
  'sip:@host',
  'sip:a@',
  'sip:a b@host',
  'sip:a@host:99999',
  'sip:a@host:x',
  'sip:a@ho st',
  'sip:a%4@host',
  'sip:"a"@host',
  'sip:a@host;lr;lr',
  'sip:a@host;=x',
  'sip:a@host;x="y"',
  'sip:a@[::1',
  'sip:a@host?x=<y>',
  'no-scheme',
];
for (const text of faulty) {
  test(`${text} is refused`, () => {
    expect(() => parseUri(text)).toThrow(SipProtocolError);
    expect(isSipUri(text)).toBe(false);
  });
}

test('other schemes are known by name and answered 416', () => {
  expect(schemeOf('TEL:+123')).toBe('tel');
  expect(() => parseUri('tel:+123')).toThrow(expect.objectContaining({ status: 416 }));
});

test('escapes that are no UTF-8 stay as they are, so that two users never become one', () => {
  expect(parseUri('sip:%FF@h').user).toBe('%FF');
  expect(parseUri('sip:%FE@h').user).toBe('%FE');
});

test('any user and parameter survive being written and read', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(text, text, (user, value) => {
      const uri = {
        scheme: 'sip',
        user,
        host: 'h',
        parameters: new Map([['p', value]]),
        headers: '',
      } as const;
      const once = formatUri(uri);
      expect(parseUri(once)).toEqual(uri);
    }),
    { seed: 11, numRuns: 1_000 },
  );
});
