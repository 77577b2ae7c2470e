import type { TortureCase } from './torture.ts';
import { request, SDP } from './torture.ts';

/** Section 3.1.2: invalid messages. */
export const INVALID: readonly TortureCase[] = [
  {
    section: '3.1.2.1',
    name: 'empty parameters and values in Via and Contact',
    datagram: 400,
    stream: 'broken',
    bytes: request('INVITE', {
      Via: 'SIP/2.0/UDP 192.0.2.15;;,;,,',
      Contact: '"Joe" <sip:joe@example.org>;;;;',
    }),
  },
  {
    section: '3.1.2.2',
    name: 'Content-Length beyond the end',
    datagram: 400,
    stream: 'waits',
    bytes: request('INVITE', { 'Content-Length': '9999', 'Content-Type': 'application/sdp' }, SDP),
  },
  {
    section: '3.1.2.3',
    name: 'a negative Content-Length',
    datagram: 400,
    stream: 'broken',
    bytes: request('INVITE', { 'Content-Length': '-999' }, SDP),
  },
  {
    section: '3.1.2.4',
    name: 'numbers out of range in a request',
    datagram: 400,
    bytes: request('REGISTER', {
      CSeq: '36893488147419103232 REGISTER',
      'Max-Forwards': '300',
      Expires: '10000000000',
      Contact: '<sip:user@host129.example.com>;expires=280297596632815',
    }),
  },
  {
    section: '3.1.2.5',
    name: 'numbers out of range in a response',
    datagram: 'drop',
    bytes: request('INVITE', {
      start: 'SIP/2.0 503 Service Unavailable',
      CSeq: '9292394834772304023312 OPTIONS',
      'Retry-After': '949302838503028349304023988',
      Warning: '1812 overture "In Progress"',
    }),
  },
  {
    section: '3.1.2.6',
    name: 'an open quote in To',
    datagram: 400,
    bytes: request('INVITE', { To: '"Mr. J. User <sip:j.user@example.com>' }),
  },
  {
    section: '3.1.2.7',
    name: 'brackets round the Request-URI',
    datagram: 400,
    bytes: request('INVITE', { start: 'INVITE <sip:user@example.com> SIP/2.0' }),
  },
  {
    section: '3.1.2.8',
    name: 'a blank within the Request-URI',
    datagram: 400,
    bytes: request('INVITE', { start: 'INVITE sip:user@example.com; lr SIP/2.0' }),
  },
  {
    section: '3.1.2.9',
    name: 'more than one blank in the start line',
    datagram: 400,
    bytes: request('INVITE', { start: 'INVITE  sip:user@example.com  SIP/2.0' }),
  },
  {
    section: '3.1.2.10',
    name: 'blanks after the start line',
    datagram: 400,
    bytes: request('OPTIONS', { start: 'OPTIONS sip:remote-target@example.com SIP/2.0  ' }),
  },
  {
    section: '3.1.2.11',
    name: 'headers in the Request-URI',
    datagram: 400,
    bytes: request('INVITE', {
      start: 'INVITE sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0',
    }),
  },
  {
    section: '3.1.2.12',
    name: 'a Date that is not in GMT',
    datagram: 'accept',
    bytes: request('INVITE', { Date: 'Fri, 01 Jan 2010 16:00:00 EST' }),
  },
  {
    section: '3.1.2.13',
    name: 'a Contact with headers and no brackets',
    datagram: 400,
    bytes: request('REGISTER', {
      Contact: 'sip:user@example.com?Route=%3Csip:sip.example.com%3E',
    }),
  },
  {
    section: '3.1.2.14',
    name: 'blanks within an addr-spec',
    datagram: 400,
    bytes: request('OPTIONS', { To: '"Watson, Thomas" < sip:t.watson@example.org >' }),
  },
  {
    section: '3.1.2.15',
    name: 'a bare comma in a display name',
    datagram: 400,
    bytes: request('OPTIONS', { From: 'Bell, Alexander <sip:a.g.bell@example.com>;tag=43' }),
  },
  {
    section: '3.1.2.16',
    name: 'SIP of another version',
    datagram: 505,
    bytes: request('OPTIONS', {
      start: 'OPTIONS sip:t.watson@example.org SIP/7.0',
      Via: 'SIP/2.0/UDP c.example.com;branch=z9hG4bKkdjuw',
    }),
  },
  {
    section: '3.1.2.17',
    name: 'CSeq of another method',
    datagram: 400,
    bytes: request('OPTIONS', { CSeq: '8 INVITE' }),
  },
  {
    section: '3.1.2.18',
    name: 'an unknown method and CSeq of another',
    datagram: 400,
    bytes: request('NEWMETHOD', { CSeq: '8 INVITE' }),
  },
  {
    section: '3.1.2.19',
    name: 'a status of ten digits',
    datagram: 'drop',
    bytes: request('INVITE', { start: 'SIP/2.0 4294967301 better not break the receiver' }),
  },
];

