import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../protocol/sip/address.ts';
import { SipProtocolError } from '../../../protocol/sip/errors.ts';
import { formatMessage } from '../../../protocol/sip/format.ts';
import { inspectRequest } from '../../../protocol/sip/inspect.ts';
import type { SipMessage, SipRequest } from '../../../protocol/sip/message.ts';
import { header, headerValues } from '../../../protocol/sip/message.ts';
import { parseMessage } from '../../../protocol/sip/parse.ts';
import { refusalOf } from '../../../protocol/sip/refusal.ts';
import { SipStreamDecoder } from '../../../protocol/sip/stream-decoder.ts';
import { serverKey } from '../../../protocol/sip/transaction-key.ts';
import { parseUri } from '../../../protocol/sip/uri.ts';
import { parseVia } from '../../../protocol/sip/via.ts';
import { APPLICATION } from '../../data/rfc4475/application.ts';
import { INVALID } from '../../data/rfc4475/invalid.ts';
import type { TortureCase } from '../../data/rfc4475/torture.ts';
import { VALID } from '../../data/rfc4475/valid.ts';

const ALL = [...VALID, ...INVALID, ...APPLICATION];

function read(bytes: Buffer): SipMessage | SipProtocolError {
  try {
    return parseMessage(bytes);
  } catch (error) {
    if (error instanceof SipProtocolError) return error;
    throw error;
  }
}

function verdict(result: SipMessage | SipProtocolError): TortureCase['datagram'] {
  if (!(result instanceof SipProtocolError)) return 'accept';
  return refusalOf(result, 'tag')?.status ?? 'drop';
}

function message(section: string): SipMessage {
  const result = read(ALL.find((each) => each.section === section)!.bytes);
  if (result instanceof SipProtocolError) throw result;
  return result;
}

describe('RFC 4475, each in a datagram', () => {
  test('all forty-nine are here', () => {
    expect(new Set(ALL.map((each) => each.section)).size).toBe(49);
  });

  for (const { section, name, bytes, datagram } of ALL) {
    test(`${section} ${name}: ${datagram}`, () => {
      expect(verdict(read(bytes))).toBe(datagram);
    });
  }

  for (const { section, name } of ALL.filter((each) => each.datagram === 'accept')) {
    test(`${section} ${name}: is written so that it reads the same`, () => {
      const first = message(section);
      const again = parseMessage(Buffer.from(formatMessage(first)));
      const counted = first.headers.filter((each) => each.name !== 'Content-Length');
      expect(again.headers.filter((each) => each.name !== 'Content-Length')).toEqual(counted);
      expect(again.body).toBe(first.body);
    });
  }
});

describe('RFC 4475, each on a stream', () => {
  for (const each of ALL) {
    for (const size of [Infinity, 3, 1]) {
      test(`${each.section} ${each.name}, in chunks of ${size}`, () => {
        expect(streamVerdict(each.bytes, size)).toBe(each.stream ?? each.datagram);
      });
    }
  }
});

function streamVerdict(
  bytes: Buffer,
  size: number,
): TortureCase['stream'] | TortureCase['datagram'] {
  const decoder = new SipStreamDecoder();
  const items = [];
  for (let at = 0; at < bytes.length; at += size) {
    items.push(...decoder.push(bytes.subarray(at, Math.min(at + size, bytes.length))));
  }
  const kinds = items.map((each) => each.kind).join();
  if (kinds === '') return 'waits';
  if (kinds === 'message,broken') return 'accept-then-broken';
  const [first] = items;
  if (first?.kind === 'malformed') return refusalOf(first.error, 'tag')?.status ?? 'drop';
  return first?.kind === 'broken' ? 'broken' : 'accept';
}

describe('RFC 4475, what the messages say', () => {
  test('3.1.1.1 folds, short forms, odd blanks and cases are read through', () => {
    const invite = message('3.1.1.1');
    expect(header(invite, 'Max-Forwards')).toBe('0068');
    expect(header(invite, 'CSeq')).toBe('0009 INVITE');
    expect(header(invite, 'Subject')).toBe('');
    expect(header(invite, 'Newfangledheader')).toBe('newfangled value continued newfangled value');
    expect(header(invite, 'Unknownheaderwithunusualvalue')).toBe(';;,,;;,;');
    expect(headerValues(invite, 'Via').map((via) => parseVia(via).host)).toEqual([
      '192.0.2.2',
      'spindle.example.com',
      '192.168.255.111',
    ]);
    const from = parseAddress(header(invite, 'From')!);
    expect(from).toMatchObject({ displayName: 'J Rosenberg \\"', uri: 'sip:jdrosen@example.com' });
    expect(from.parameters.get('tag')).toBe('98asjd8');
    const contact = parseAddress(header(invite, 'Contact')!);
    expect(Object.fromEntries(contact.parameters)).toEqual({
      newparam: 'newvalue',
      secondparam: '',
      q: '0.33',
    });
  });

  test('3.1.1.3 a URI is unescaped once and never twice', () => {
    const invite = message('3.1.1.3') as SipRequest;
    expect(parseUri(invite.uri)).toMatchObject({
      user: 'sips:user@example.com',
      host: 'example.net',
    });
    const contact = parseUri(parseAddress(header(invite, 'Contact')!).uri);
    expect(contact.user).toBe('caller');
    expect(Object.fromEntries(contact.parameters)).toEqual({ lr: '', name: 'value%41' });
  });

  test('3.1.1.4 users of escaped NULs stay two, and whole', () => {
    const users = headerValues(message('3.1.1.4'), 'Contact').map(
      (contact) => parseUri(parseAddress(contact).uri).user,
    );
    expect(users).toEqual(['\0', '\0\0']);
  });

  test('3.1.1.5 an escaped method and header are neither REGISTER nor Contact', () => {
    const request = message('3.1.1.5') as SipRequest;
    expect(request.method).toBe('RE%47IST%45R');
    expect(headerValues(request, 'Contact')).toHaveLength(2);
    expect(inspectRequest(request, { methods: ['REGISTER'] })?.status).toBe(501);
  });

  test('3.1.1.8 what follows a datagram is never read as a message', () => {
    expect(message('3.1.1.8')).toMatchObject({ method: 'REGISTER', body: '' });
  });

  test('3.1.1.9 a semicolon before the @ belongs to the user', () => {
    const { uri } = message('3.1.1.9') as SipRequest;
    expect(parseUri(uri).user).toBe('user;par=u@example.net');
  });

  test('3.3.2 and 3.3.3 other schemes are answered 416', () => {
    for (const section of ['3.3.2', '3.3.3']) {
      expect(inspectRequest(message(section) as SipRequest, {})?.status).toBe(416);
    }
  });

  test('3.3.5 unknown extensions are answered 420 with their names', () => {
    const refusal = inspectRequest(message('3.3.5') as SipRequest, { extensions: ['timer'] });
    expect(refusal?.status).toBe(420);
    expect(refusal?.headers.map((each) => each.value)).toEqual([
      'nothingSupportsThis',
      'nothingSupportsThisEither',
    ]);
  });

  test('3.3.12 and 3.3.13 a parameter belongs to the header or to the URI', () => {
    const bare = parseAddress(header(message('3.3.12'), 'Contact')!);
    expect([bare.parameters.has('unknownparam'), bare.uri]).toEqual([
      true,
      'sip:+19725552222@gw1.example.net',
    ]);
    const bracketed = parseAddress(header(message('3.3.13'), 'Contact')!);
    expect(bracketed.parameters.size).toBe(0);
    expect(parseUri(bracketed.uri).parameters.has('unknownparam')).toBe(true);
  });

  test('3.2.1 and 3.4.1 requests without a branch are told apart as RFC 2543 did', () => {
    const bare = message('3.2.1') as SipRequest;
    const old = message('3.4.1') as SipRequest;
    expect(serverKey(bare)).toBe(serverKey(bare));
    expect(serverKey(bare)).not.toBe(serverKey({ ...bare, uri: 'sip:other@example.com' }));
    expect(serverKey(old)).toContain('inv2543.1717@ift.client.example.com');
  });
});
