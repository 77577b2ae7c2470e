import type { TortureCase } from './torture.ts';
import { bytesOf, request, SDP } from './torture.ts';

/** Sections 3.2 to 3.4: what transactions, applications and old peers make of messages. */
export const APPLICATION: readonly TortureCase[] = [
  {
    section: '3.2.1',
    name: 'a branch of nothing but the cookie',
    datagram: 'accept',
    bytes: request('OPTIONS', { Via: 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK' }),
  },
  {
    section: '3.3.1',
    name: 'no Call-ID, From or To',
    datagram: 400,
    bytes: bytesOf(`
INVITE sip:user@example.com SIP/2.0
CSeq: 193942 INVITE
Via: SIP/2.0/UDP 192.0.2.95;branch=z9hG4bKkdj.insuf
Content-Type: application/sdp
l: @LENGTH@
`),
  },
  {
    section: '3.3.2',
    name: 'a Request-URI of an unknown scheme',
    datagram: 'accept',
    bytes: request('OPTIONS', { start: 'OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0' }),
  },
  {
    section: '3.3.3',
    name: 'a Request-URI of a known scheme that is not ours',
    datagram: 'accept',
    bytes: request('OPTIONS', { start: 'OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0' }),
  },
  {
    section: '3.3.4',
    name: 'unknown schemes in headers',
    datagram: 'accept',
    bytes: request('REGISTER', {
      To: 'isbn:2983792873',
      From: '<http://www.example.com>;tag=3234233',
      Contact: '<name:John_Smith>',
    }),
  },
  {
    section: '3.3.5',
    name: 'Require and Proxy-Require of what nobody knows',
    datagram: 'accept',
    bytes: request('OPTIONS', {
      Require: 'nothingSupportsThis, nothingSupportsThisEither',
      'Proxy-Require': 'noProxiesSupportThis, norDoAnyProxiesSupportThis',
    }),
  },
  {
    section: '3.3.6',
    name: 'a body of an unknown type',
    datagram: 'accept',
    bytes: request('INVITE', { 'Content-Type': 'application/unknownformat' }, '<audio>\r\n</audio>'),
  },
  {
    section: '3.3.7',
    name: 'credentials of an unknown scheme',
    datagram: 'accept',
    bytes: request('REGISTER', { Authorization: 'NoOneKnowsThisScheme opaque-data=here' }),
  },
  {
    section: '3.3.8',
    name: 'headers that may stand once standing twice',
    datagram: 400,
    bytes: request('INVITE', {
      CSeq: '5 INVITE',
      cseq: '59 INVITE',
      'call-id': 'multi01.98asdh@192.0.2.2',
      to: 'sip:other@example.com',
      from: 'sip:another@example.com;tag=3',
      'max-forwards': '5',
    }),
  },
  {
    section: '3.3.9',
    name: 'two Content-Lengths',
    datagram: 400,
    stream: 'broken',
    bytes: request('OPTIONS', { 'Content-Length': '13', l: '5' }, 'There are no '),
  },
  {
    section: '3.3.10',
    name: 'a response whose Via is a broadcast address',
    datagram: 'accept',
    bytes: request('INVITE', {
      start: 'SIP/2.0 200 OK',
      Via: 'SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923',
      via: 'SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23',
    }),
  },
  {
    section: '3.3.11',
    name: 'Max-Forwards at zero',
    datagram: 'accept',
    bytes: request('OPTIONS', { 'Max-Forwards': '0' }),
  },
  {
    section: '3.3.12',
    name: 'an unknown Contact parameter without brackets',
    datagram: 'accept',
    bytes: request('REGISTER', { Contact: 'sip:+19725552222@gw1.example.net;unknownparam' }),
  },
  {
    section: '3.3.13',
    name: 'an unknown Contact parameter within brackets',
    datagram: 'accept',
    bytes: request('REGISTER', { Contact: '<sip:+19725552222@gw1.example.net;unknownparam>' }),
  },
  {
    section: '3.3.14',
    name: 'headers escaped within a Contact',
    datagram: 'accept',
    bytes: request('REGISTER', {
      Contact: '<sip:user@example.com?Route=%3Csip:sip.example.com%3E>',
    }),
  },
  {
    section: '3.3.15',
    name: 'an Accept without SDP',
    datagram: 'accept',
    bytes: request('INVITE', { Accept: 'text/nobodyKnowsThis' }, SDP),
  },
  {
    section: '3.4.1',
    name: 'an INVITE of RFC 2543',
    datagram: 'accept',
    stream: 'broken',
    bytes: bytesOf(`
INVITE sip:UserB@example.com SIP/2.0
Via: SIP/2.0/UDP iftgw.example.com
From: <sip:+13035551111@ift.client.example.net;user=phone>
Record-Route: <sip:UserB@example.com;maddr=ss1.example.com>
To: sip:+16505552222@ss1.example.net;user=phone
Call-ID: inv2543.1717@ift.client.example.com
CSeq: 56 INVITE
Content-Type: application/sdp
`, SDP),
  },
];

