import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Frame } from '../../../protocol/esl/decoder.ts';
import { EslDecoder } from '../../../protocol/esl/decoder.ts';
import { EslProtocolError } from '../../../protocol/esl/headers.ts';

const CASES: readonly { name: string; bytes: string; frames: readonly Frame[] }[] = [
  {
    name: 'the greeting',
    bytes: 'Content-Type: auth/request\n\n',
    frames: [{ head: 'Content-Type: auth/request', body: '' }],
  },
  {
    name: 'a reply whose value holds a colon',
    bytes: 'Content-Type: command/reply\nReply-Text: +OK Job-UUID: 7f4d\n\n',
    frames: [{ head: 'Content-Type: command/reply\nReply-Text: +OK Job-UUID: 7f4d', body: '' }],
  },
  {
    name: 'a body counted in bytes, not characters',
    bytes: 'Content-Length: 5\n\nzoë!Content-Length: 0\n\n',
    frames: [
      { head: 'Content-Length: 5', body: 'zoë!' },
      { head: 'Content-Length: 0', body: '' },
    ],
  },
  {
    name: 'a body that holds a blank line',
    bytes: 'Content-Type: api/response\nContent-Length: 6\n\na\n\nb\n\nexit\n\n',
    frames: [
      { head: 'Content-Type: api/response\nContent-Length: 6', body: 'a\n\nb\n\n' },
      { head: 'exit', body: '' },
    ],
  },
  {
    name: 'commands with CR LF and blank lines between them',
    bytes: '\r\n\nauth secret\r\n\r\nexit\n\n\n\n',
    frames: [
      { head: 'auth secret\r', body: '' },
      { head: 'exit', body: '' },
    ],
  },
];

describe('frames come out the same however the bytes are split', () => {
  for (const { name, bytes, frames } of CASES) {
    for (const size of [Infinity, 1, 2, 3, 7]) {
      test(`${name}, in chunks of ${size}`, () => {
        expect(decode(Buffer.from(bytes), size)).toEqual(frames);
      });
    }
  }

  test('every split in two of a run of frames', () => {
    const bytes = Buffer.from(CASES.map((each) => each.bytes).join(''));
    const whole = decode(bytes, Infinity);
    for (let at = 0; at <= bytes.length; at++) {
      const decoder = new EslDecoder();
      const parts = [bytes.subarray(0, at), bytes.subarray(at)];
      expect(parts.flatMap((part) => decoder.push(part))).toEqual(whole);
    }
  });

  test('any bodies in any chunks', () => {
    const bodies = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 5 });
    const check = fc.property(bodies, fc.integer({ min: 1, max: 20 }), (list, size) => {
      const bytes = list.map((body) => `Content-Length: ${Buffer.byteLength(body)}\n\n${body}`);
      expect(decode(Buffer.from(bytes.join('')), size).map(({ body }) => body)).toEqual(list);
    });
    fc.assert(check, { seed: 4711, numRuns: 300 });
  });
});

describe('a length that cannot be trusted ends the connection', () => {
  const lengths = [
    ...['-1', '-2', '2147483647', String(16 * 1024 * 1024 + 1), '1' + '0'.repeat(17)],
    ...['5 ', '0x10', '+5', '5,5', '5 5', '', 'abc', '1e3', '5;'],
  ];
  for (const length of lengths) {
    test(`Content-Length: ${length}`, () => {
      const bytes = Buffer.from(`Content-Type: api/response\nContent-Length: ${length}\n\nhello`);
      expect(() => new EslDecoder().push(bytes)).toThrow(EslProtocolError);
    });
  }

  test('two lengths that differ', () => {
    const bytes = Buffer.from('Content-Length: 1\nContent-Length: 2\n\nab');
    expect(() => new EslDecoder().push(bytes)).toThrow(EslProtocolError);
  });

  test('headers that never end', () => {
    const decoder = new EslDecoder();
    const line = Buffer.from(`X: ${'y'.repeat(60_000)}\n`);
    expect(() => {
      for (let n = 0; n < 20; n++) decoder.push(line);
    }).toThrow(EslProtocolError);
  });
});

test('a body of 16 MiB in small chunks is taken in a moment', () => {
  const decoder = new EslDecoder();
  const size = 16 * 1024 * 1024;
  decoder.push(Buffer.from(`Content-Length: ${size}\n\n`));
  const chunk = Buffer.alloc(64 * 1024, 0x61);
  const frames: Frame[] = [];
  for (let sent = 0; sent < size; sent += chunk.length) frames.push(...decoder.push(chunk));
  expect(frames.map(({ body }) => body.length)).toEqual([size]);
});

function decode(bytes: Buffer, size: number): Frame[] {
  const decoder = new EslDecoder();
  const frames: Frame[] = [];
  const step = Number.isFinite(size) ? size : Math.max(1, bytes.length);
  for (let at = 0; at < bytes.length; at += step) {
    frames.push(...decoder.push(bytes.subarray(at, at + step)));
  }
  return frames;
}
