import { expect, test } from 'vitest';
import type { SipRequest } from '../../protocol/sip/message.ts';
import { readReferral, referNews } from '../../sip-gateway/refer.ts';

function refer(...referTo: readonly string[]): SipRequest {
  const headers = referTo.map((value) => ({ name: 'Refer-To', value }));
  return { kind: 'request', method: 'REFER', uri: 'sip:x@y', headers, body: '' };
}

test.each([
  ['<sip:23@10.0.0.1:5060>', { kind: 'blind', user: '23' }],
  ['"Bert" <sip:bert@example.org;transport=udp>', { kind: 'blind', user: 'bert' }],
  ['sip:+4930123456@example.org', { kind: 'blind', user: '+4930123456' }],
  [
    '<sip:22@host?Replaces=abc%40host%3Bto-tag%3D1%3Bfrom-tag%3D2>',
    { kind: 'attended', callId: 'abc@host' },
  ],
  ['<sip:host>', { kind: 'malformed' }],
  ['<sip:22@host?Replaces=%>', { kind: 'malformed' }],
  ['<tel:+4930>', { kind: 'malformed' }],
])('Refer-To %s', (value, referral) => {
  expect(readReferral(refer(value))).toEqual(referral);
});

test('none, or two, is malformed', () => {
  expect(readReferral(refer()).kind).toBe('malformed');
  expect(readReferral(refer('<sip:1@h>', '<sip:2@h>')).kind).toBe('malformed');
});

test('news of it is a status line; the last ends the subscription', () => {
  expect(referNews(100).body).toBe('SIP/2.0 100 Trying\r\n');
  const state = ({ headers }: ReturnType<typeof referNews>) =>
    headers.find(({ name }) => name === 'Subscription-State')?.value;
  expect([state(referNews(100)), state(referNews(486))]).toEqual([
    'active;expires=60',
    'terminated;reason=noresource',
  ]);
});
