import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../protocol/sip/limits.ts';
import type { StreamItem } from '../../../protocol/sip/stream-decoder.ts';
import { SipStreamDecoder } from '../../../protocol/sip/stream-decoder.ts';

function text(
  method: string,
  body: string,
  length: string | number = Buffer.byteLength(body),
): string {
  return [
    `${method} sip:7000@192.0.2.1 SIP/2.0`,
    'Via: SIP/2.0/TCP 192.0.2.9;branch=z9hG4bKx',
    'From: <sip:a@example.com>;tag=1',
    'To: <sip:7000@example.com>',
    'Call-ID: c1',
    `CSeq: 1 ${method}`,
    `Content-Length: ${length}`,
    '',
    body,
  ].join('\r\n');
}

function decode(stream: Buffer, cuts: readonly number[]): StreamItem[] {
  const decoder = new SipStreamDecoder();
  const places = [...new Set(cuts.map((each) => each % stream.length))].sort((a, b) => a - b);
  return [0, ...places].flatMap((from, n) =>
    decoder.push(stream.subarray(from, places[n] ?? undefined)),
  );
}

function brief(items: readonly StreamItem[]): string[] {
  return items.map((each) =>
    each.kind === 'message' && each.message.kind === 'request'
      ? `${each.message.method} ${each.message.body}`
      : each.kind,
  );
}

test('messages and keep-alives are cut the same however the bytes arrive', () => {
  const stream = Buffer.from(
    `\r\n${text('INVITE', 'zoë\r\n\r\nx')}${text('ACK', '')}\r\n\r\n\r\n\r\n${text('BYE', '!')}\r\n\r\n`,
  );
  const whole = ['INVITE zoë\r\n\r\nx', 'ACK ', 'ping', 'ping', 'BYE !', 'ping'];
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 20 }), (cuts) => {
      expect(brief(decode(stream, cuts))).toEqual(whole);
    }),
    { seed: 7, numRuns: 500 },
  );
  const every = Array.from({ length: stream.length }, (_each, at) => at);
  expect(brief(decode(stream, every))).toEqual(whole);
});

test('a message that misses a header is reported, and the next one read', () => {
  const bad = text('INVITE', 'abc').replace(/Call-ID.*\r\n/, '');
  const items = decode(Buffer.from(bad + text('BYE', '')), []);
  expect(brief(items)).toEqual(['malformed', 'BYE ']);
});

describe('where the next message begins is not known, the stream is broken and nothing more is read', () => {
  const broken: readonly (readonly [string, string])[] = [
    ['no Content-Length', text('INVITE', '').replace(/Content-Length.*\r\n/, '')],
    ['a negative Content-Length', text('INVITE', '', -1)],
    ['two Content-Lengths', text('INVITE', '', '0\r\nl: 5')],
    ['a Content-Length of 2^32+1', text('INVITE', '', 4_294_967_297)],
    ['a Content-Length beyond the limit', text('INVITE', '', 65_536)],
    ['half a line end that hides a header', text('INVITE', '', '5\nContent-Length: 0')],
    ['a head that never ends', `INVITE sip:a@b SIP/2.0\r\nX: ${'x'.repeat(LIMITS.messageBytes)}`],
  ];
  for (const [name, bytes] of broken) {
    test(name, () => {
      const decoder = new SipStreamDecoder();
      const items = decoder.push(Buffer.from(bytes + text('BYE', '')));
      expect(items.map((each) => each.kind)).toEqual(['broken']);
      expect(decoder.push(Buffer.from(text('BYE', '')))).toEqual([]);
    });
  }
});

test('a message under way is known to be, so that it can be timed', () => {
  const decoder = new SipStreamDecoder();
  decoder.push(Buffer.from(text('INVITE', 'abc').slice(0, -1)));
  expect(decoder.isMidMessage).toBe(true);
  decoder.push(Buffer.from('c'));
  expect(decoder.isMidMessage).toBe(false);
});

test('64 KiB byte by byte is read in less than a second of CPU', () => {
  const decoder = new SipStreamDecoder();
  const bytes = Buffer.from(text('INVITE', 'x'.repeat(60_000)));
  const began = process.cpuUsage();
  let count = 0;
  for (let at = 0; at < bytes.length; at += 1)
    count += decoder.push(bytes.subarray(at, at + 1)).length;
  expect(count).toBe(1);
  expect(process.cpuUsage(began).user / 1_000).toBeLessThan(1_000);
});
