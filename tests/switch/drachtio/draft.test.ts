import { expect, test } from 'vitest';
import { header, headerValues } from '../../../protocol/sip/message.ts';
import type { SipRequest, SipResponse } from '../../../protocol/sip/message.ts';
import { parseDraft } from '../../../protocol/sip/parse.ts';
import { completeRequest, completeResponse } from '../../../switch/drachtio/draft.ts';

const INVITE = parseDraft(
  [
    'INVITE sip:7000@10.0.0.9 SIP/2.0',
    'Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1',
    'Record-Route: <sip:proxy;lr>',
    'From: "A" <sip:a@x>;tag=1',
    'To: <sip:7000@10.0.0.9>',
    'Call-ID: c1',
    'CSeq: 7 INVITE',
    '',
    '',
  ].join('\r\n'),
) as SipRequest;

const parts = {
  localTag: 'mine',
  contact: '<sip:10.0.0.9:5060>',
  ownHost: '10.0.0.9:5060',
  extra: [],
};

test('a response takes Via, Record-Route and the dialog from the request, whatever the client wrote', () => {
  const draft = parseDraft(
    'SIP/2.0 200 Fine\r\ncall-id: other\r\ncseq: 9 BYE\r\nvia: SIP/2.0/UDP evil\r\nX-Own: 1\r\n\r\nv=0\r\n',
  ) as SipResponse;
  const response = completeResponse(INVITE, draft, parts);
  expect(response).toMatchObject({ status: 200, reason: 'Fine', body: 'v=0\r\n' });
  expect(Object.fromEntries(response.headers.map(({ name, value }) => [name, value]))).toEqual({
    Via: 'SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1',
    'Record-Route': '<sip:proxy;lr>',
    From: '"A" <sip:a@x>;tag=1',
    To: '<sip:7000@10.0.0.9>;tag=mine',
    'Call-ID': 'c1',
    CSeq: '7 INVITE',
    Contact: '<sip:10.0.0.9:5060>',
    'X-Own': '1',
    'Content-Type': 'application/sdp',
  });
});

test('a header that stands on two lines goes out on two lines', () => {
  const draft = parseDraft(
    'SIP/2.0 401 No\r\nwww-authenticate: Digest realm="a", algorithm=SHA-256\r\nWWW-Authenticate: Digest realm="a", algorithm=MD5\r\n\r\n',
  ) as SipResponse;
  expect(headerValues(completeResponse(INVITE, draft, parts), 'WWW-Authenticate')).toEqual([
    'Digest realm="a", algorithm=SHA-256',
    'Digest realm="a", algorithm=MD5',
  ]);
});

test('a request gets what it lacks, and localhost means our own address', () => {
  const draft = parseDraft(
    'INVITE sip:room@10.0.0.2 SIP/2.0\r\nfrom: "P" <sip:p@localhost>\r\nx-partyline: v1\r\n\r\nv=0',
  ) as SipRequest;
  const request = completeRequest(draft, { ...parts, callId: 'new', tag: 't1' });
  expect(request.uri).toBe('sip:room@10.0.0.2');
  expect(header(request, 'From')).toBe('"P" <sip:p@10.0.0.9:5060>;tag=t1');
  expect(header(request, 'To')).toBe('<sip:room@10.0.0.2>');
  expect(header(request, 'Call-ID')).toBe('new');
  expect(header(request, 'CSeq')).toBe('1 INVITE');
  expect(header(request, 'Max-Forwards')).toBe('70');
  expect(header(request, 'Contact')).toBe('<sip:10.0.0.9:5060>');
  expect(header(request, 'X-Partyline')).toBe('v1');
});
