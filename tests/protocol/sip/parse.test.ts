import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SipProtocolError } from '../../../protocol/sip/errors.ts';
import { formatMessage, toHeader } from '../../../protocol/sip/format.ts';
import { header, headerValues } from '../../../protocol/sip/message.ts';
import type { SipHeader, SipMessage, SipRequest } from '../../../protocol/sip/message.ts';
import { parseDraft, parseMessage } from '../../../protocol/sip/parse.ts';
import { refusalOf } from '../../../protocol/sip/refusal.ts';

const SEED = 20_261_122;

const LINES = [
  'OPTIONS sip:7000@192.0.2.1 SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKx;rport',
  'From: <sip:alice@example.com>;tag=a1',
  'To: <sip:7000@example.com>',
  'Call-ID: call-1',
  'CSeq: 1 OPTIONS',
];

function bytes(lines: readonly string[], body = ''): Buffer {
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

function fault(data: Buffer): SipProtocolError {
  try {
    parseMessage(data);
  } catch (error) {
    if (error instanceof SipProtocolError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

const token = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9.!%*_+`'~-]{0,12}$/);
const plain = fc.stringMatching(/^[A-Za-z0-9 .!%*_+'()-]{0,30}$/).map((each) => each.trim());
const text = fc.string({ unit: 'binary', maxLength: 40 });
const quotedName = fc.stringMatching(/^[A-Za-z0-9 .,;<>@é電]{1,20}$/).map((name) => `"${name}" `);
const uri = fc
  .tuple(token, fc.ipV4(), fc.option(fc.nat(65_535)))
  .map(
    ([user, host, port]) =>
      `sip:${encodeURIComponent(user).replace('`', '%60')}@${host}${port === null ? '' : `:${port}`}`,
  );
const address = fc
  .tuple(fc.oneof(fc.constant(''), quotedName), uri, fc.option(token))
  .map(([name, target, tag]) => `${name}<${target}>${tag === null ? '' : `;tag=${tag}`}`);
const other: fc.Arbitrary<SipHeader> = fc.oneof(
  fc.tuple(token, plain).map(([name, value]) => toHeader(`X-${name}`, value)),
  fc.constantFrom('Allow', 'Supported').chain((name) => token.map((value) => ({ name, value }))),
  fc
    .constantFrom('Contact', 'Record-Route')
    .chain((name) => address.map((value) => ({ name, value }))),
  plain.map((value) => ({ name: 'Subject', value })),
);
const parts: fc.Arbitrary<Parts> = fc.record({
  from: address,
  to: address,
  callId: token,
  number: fc.nat(2 ** 31 - 1),
  method: token,
  others: fc.array(other, { maxLength: 12 }),
  body: text.map((each) => Buffer.from(each).toString()),
});
interface Parts {
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly number: number;
  readonly method: string;
  readonly others: readonly SipHeader[];
  readonly body: string;
}

const headersOf = ({ from, to, callId, number, method, others, body }: Parts): SipHeader[] => [
  { name: 'Via', value: 'SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKx' },
  { name: 'From', value: from },
  { name: 'To', value: to },
  { name: 'Call-ID', value: callId },
  { name: 'CSeq', value: `${number} ${method}` },
  ...others,
  { name: 'Content-Length', value: String(Buffer.byteLength(body)) },
];

const message: fc.Arbitrary<SipMessage> = fc.oneof(
  fc.tuple(parts, uri).map(([all, target]) => ({
    kind: 'request' as const,
    method: all.method,
    uri: target,
    headers: headersOf(all),
    body: all.body,
  })),
  fc.tuple(parts, fc.integer({ min: 100, max: 699 }), plain).map(([all, status, reason]) => ({
    kind: 'response' as const,
    status,
    reason,
    headers: headersOf(all),
    body: all.body,
  })),
);

describe('any message', () => {
  test('that is written reads back as it was', () => {
    fc.assert(
      fc.property(message, (each) => {
        expect(parseMessage(Buffer.from(formatMessage(each)))).toEqual(each);
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  test('with bytes changed is read or refused, never anything else, and written safely if read', () => {
    const change = fc.tuple(fc.nat(2_000), fc.nat(255), fc.constantFrom('set', 'cut', 'add'));
    fc.assert(
      fc.property(message, fc.array(change, { minLength: 1, maxLength: 6 }), (each, changes) => {
        let data = [...Buffer.from(formatMessage(each))];
        for (const [at, byte, how] of changes) {
          const place = at % (data.length + 1);
          data = data.toSpliced(place, how === 'add' ? 0 : 1, ...(how === 'cut' ? [] : [byte]));
        }
        survives(Buffer.from(data));
      }),
      { seed: SEED, numRuns: 4_000 },
    );
  });

  test('of nothing but noise is read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (noise) => survives(Buffer.from(noise))),
      { seed: SEED, numRuns: 2_000 },
    );
  });
});

/** Reads; what is read must be writable and readable again, what is refused answerable or dropped. */
function survives(data: Buffer): void {
  try {
    const read = parseMessage(data);
    const again = parseMessage(Buffer.from(formatMessage(read)));
    expect(again.headers.length).toBeGreaterThanOrEqual(read.headers.length);
  } catch (error) {
    if (!(error instanceof SipProtocolError)) throw error;
    const refusal = refusalOf(error, 'tag');
    if (refusal) formatMessage(refusal);
  }
}

describe('what is read', () => {
  test('short and odd names take their long form', () => {
    const { headers } = parseMessage(bytes([...LINES, 'k: a,b', 'x-PARTYLINE: 1', 'x: 90']));
    expect(headers.slice(-4)).toEqual([
      { name: 'Supported', value: 'a' },
      { name: 'Supported', value: 'b' },
      { name: 'X-Partyline', value: '1' },
      { name: 'Session-Expires', value: '90' },
    ]);
  });

  test('a comma divides lists, but not quoted names, URIs, dates or credentials', () => {
    const read = parseMessage(
      bytes([
        ...LINES,
        'Contact: "Bell, A" <sip:a@b;x=1,2>;q=1, <sip:c@d>',
        'Date: Sat, 13 Nov 2010 23:29:00 GMT',
        'Authorization: Digest username="a", realm="b"',
      ]),
    );
    expect(headerValues(read, 'Contact')).toEqual(['"Bell, A" <sip:a@b;x=1,2>;q=1', '<sip:c@d>']);
    expect(header(read, 'Date')).toBe('Sat, 13 Nov 2010 23:29:00 GMT');
    expect(headerValues(read, 'Authorization')).toHaveLength(1);
  });

  test('word lists are written on one line, with no empty members', () => {
    const read = parseMessage(bytes([...LINES, 'Allow: INVITE,, ACK ,BYE', 'Supported:']));
    expect(headerValues(read, 'Allow')).toEqual(['INVITE', 'ACK', 'BYE']);
    const written = formatMessage(read);
    expect(written).toContain('\r\nAllow: INVITE, ACK, BYE\r\nSupported: \r\n');
  });

  test('empty lines before a message are passed over', () => {
    const lead = Buffer.from('\r\n\r\n');
    expect(parseMessage(Buffer.concat([lead, bytes(LINES)])).kind).toBe('request');
  });

  test('a body is cut by bytes, not characters', () => {
    expect(parseMessage(bytes([...LINES, 'Content-Length: 4'], 'zoë!')).body).toBe('zoë');
  });

  test('a draft needs no headers at all, and is completed by its reader', () => {
    const draft = parseDraft('INVITE sip:a@b SIP/2.0\r\nSubject: hi\r\n\r\nv=0\r\n') as SipRequest;
    expect(draft).toMatchObject({ method: 'INVITE', body: 'v=0\r\n' });
    expect(parseDraft('SIP/2.0 486 Busy Here\r\n').headers).toEqual([]);
    expect(() => parseDraft('nonsense')).toThrow(SipProtocolError);
  });
});

describe('what is refused', () => {
  const many = (count: number, line: string) => Array.from({ length: count }, () => line);
  const cases: readonly (readonly [string, readonly string[], number])[] = [
    ['a blank before the colon of an identity header', ['P-Asserted-Identity : <sip:x@y>'], 400],
    ['a blank before the colon of our own header', ['X-Partyline : 1'], 400],
    ['a blank within a name', ['X Partyline: 1'], 400],
    ['a header without a colon', ['Hello'], 400],
    ['a header of nothing but a value', [': x'], 400],
    ['a NUL in a header', ['Subject: a\0b'], 400],
    ['a bare LF in a header', ['Subject: a\nX-Partyline: 1'], 400],
    ['a bare CR in a header', ['Subject: a\rX-Partyline: 1'], 400],
    ['two lengths in one', ['Content-Length: 0, 5'], 400],
    ['a signed length', ['Content-Length: +5'], 400],
    ['two numbers for a length', ['Content-Length: 5 5'], 400],
    ['a hexadecimal length', ['Content-Length: 0x5'], 400],
    ['a length of 2^31', ['Content-Length: 2147483648'], 513],
    ['a length of 2^64', ['Content-Length: 18446744073709551616'], 400],
    ['a second CSeq', ['CSeq: 2 OPTIONS'], 400],
    ['a hundred and one headers', many(101, 'Subject: x'), 513],
    ['a thousand Vias', [`Via: ${many(1_000, 'SIP/2.0/UDP a;branch=z9hG4bKx').join()}`], 513],
    ['seventy-one Vias', many(71, 'Via: SIP/2.0/UDP a;branch=z9hG4bKx'), 513],
    ['a header of 10 kB', [`Subject: ${'x'.repeat(10_000)}`], 513],
  ];
  for (const [name, lines, status] of cases) {
    test(`${name}: ${status}`, () => {
      const error = fault(bytes([...LINES, ...lines]));
      expect(error.status).toBe(status);
      expect(refusalOf(error, 'tag')?.status).toBe(status);
    });
  }

  // Dialogs are named by these together, in our tables and on drachtio's wire.
  test.each([
    ['Call-ID: call-1', 'Call-ID: a|b'],
    ['Call-ID: call-1', 'Call-ID: a;from-tag=b'],
    ['Call-ID: call-1', 'Call-ID: a,b'],
    ['tag=a1', 'tag="a|b"'],
    ['tag=a1', 'tag=a|b'],
    ['tag=a1', 'tag="a b"'],
  ])('for %j the name of another’s dialog, %j: 400', (right, forged) => {
    const error = fault(bytes(LINES.map((line) => line.replace(right, forged))));
    expect(error.status).toBe(400);
  });

  test('more than 64 KiB: no answer', () => {
    const error = fault(bytes(LINES, 'x'.repeat(65_536)));
    expect([error.status, error.request]).toEqual([513, undefined]);
  });

  test('two messages in one WebSocket frame: no answer', () => {
    const two = Buffer.concat([bytes([...LINES, 'Content-Length: 0']), bytes(LINES)]);
    expect(() => parseMessage(two, { trailing: 'refuse' })).toThrow('More than one message');
  });

  test('an ACK or a response is never answered', () => {
    const ack = LINES.map((line) => line.replace('OPTIONS', 'ACK'));
    expect(refusalOf(fault(bytes([...ack, 'CSeq: 2 ACK'])), 'tag')).toBeUndefined();
    expect(refusalOf(fault(bytes(['SIP/2.0 200 OK'])), 'tag')).toBeUndefined();
  });

  test('the answer copies what there is, once, and has a tag', () => {
    const refusal = refusalOf(fault(bytes([...LINES, 'Call-ID: other', 'Bad'])), 'tag-1')!;
    expect(refusal.headers).toEqual([
      { name: 'Via', value: 'SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKx;rport' },
      { name: 'From', value: '<sip:alice@example.com>;tag=a1' },
      { name: 'To', value: '<sip:7000@example.com>;tag=tag-1' },
      { name: 'Call-ID', value: 'call-1' },
      { name: 'CSeq', value: '1 OPTIONS' },
    ]);
  });
});

describe('time', () => {
  // Each was once a way to make some reader's regular expression take seconds.
  const slow: readonly (readonly [string, string])[] = [
    ['blanks', `Subject: ${' \t'.repeat(4_000)}x`],
    ['folds', `Subject: a${'\r\n  \r\n '.repeat(1_500)}b`],
    ['semicolons', `Contact: <sip:a@b>${';'.repeat(8_000)}`],
    ['open quotes', `Contact: ${'"\\'.repeat(4_000)}`],
    ['escapes', `Contact: <sip:${'%41'.repeat(2_500)}@b>`],
    ['Via blanks', `Via: SIP/2.0/UDP a ${' '.repeat(8_000)};`],
    ['commas', `Allow: ${','.repeat(8_000)}`],
  ];
  for (const [name, line] of slow) {
    test(`8 kB of ${name} are read or refused within 50 ms of CPU`, () => {
      const data = bytes([LINES[0]!, line, ...LINES.slice(1)]);
      const began = process.cpuUsage();
      survives(data);
      expect(process.cpuUsage(began).user / 1_000).toBeLessThan(50);
    });
  }
});

describe('what is written', () => {
  const base = parseMessage(bytes(LINES)) as SipRequest;
  const unsafe: readonly (readonly [string, SipMessage])[] = [
    [
      'a line break in a value',
      { ...base, headers: [{ name: 'Subject', value: 'a\r\nX-Partyline: 1' }] },
    ],
    ['a line break in a list value', { ...base, headers: [{ name: 'Allow', value: 'a\nb' }] }],
    ['a colon in a name', { ...base, headers: [{ name: 'Subject: x', value: '' }] }],
    ['a line break in the Request-URI', { ...base, uri: 'sip:a@b\r\nX: y' }],
    ['a blank in the Request-URI', { ...base, uri: 'sip:a b' }],
    ['a method that is no token', { ...base, method: 'BYE x' }],
    [
      'a reason with a line break',
      { kind: 'response', status: 200, reason: 'a\r\nb', headers: [], body: '' },
    ],
    [
      'a status of four digits',
      { kind: 'response', status: 2000, reason: '', headers: [], body: '' },
    ],
  ];
  for (const [name, each] of unsafe) {
    test(`${name} throws`, () => expect(() => formatMessage(each)).toThrow());
  }

  test('Content-Length is counted in bytes, whatever stood there', () => {
    const headers = [
      { name: 'Content-Length', value: '99' },
      { name: 'Content-Length', value: '98' },
    ];
    expect(formatMessage({ ...base, headers, body: 'zoë' })).toBe(
      'OPTIONS sip:7000@192.0.2.1 SIP/2.0\r\nContent-Length: 4\r\n\r\nzoë',
    );
  });
});
