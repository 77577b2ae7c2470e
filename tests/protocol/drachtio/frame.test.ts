import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DrachtioProtocolError,
  formatFrame,
  FrameDecoder,
} from '../../../protocol/drachtio/frame.ts';

/** The frames of a stream that comes in pieces of that many bytes. */
function decode(bytes: Buffer, size: number): string[] {
  const decoder = new FrameDecoder();
  const frames: string[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    frames.push(...decoder.push(bytes.subarray(at, at + size)));
  }
  return frames;
}

const TEXTS = ['1|ping', '2|route|invite', 'ünïcödé 😀 in a name', 'a#b|12#c', 'x'.repeat(12_345)];

describe('frames come out whole', () => {
  const bytes = Buffer.from(TEXTS.map(formatFrame).join(''));
  for (const size of [1, 2, 3, 7, 1000, bytes.length]) {
    test(`in chunks of ${size} bytes`, () => {
      expect(decode(bytes, size)).toEqual(TEXTS);
    });
  }

  test('with any text, split anywhere', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 5 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (each, size) => {
        const wellFormed = each.map((text) => Buffer.from(text).toString());
        const stream = Buffer.from(wellFormed.map(formatFrame).join(''));
        expect(decode(stream, size)).toEqual(wellFormed);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

test('a length counts bytes, not characters', () => {
  expect(formatFrame('zoë')).toBe('4#zoë');
});

const BAD = ['GET / HTTP/1.1\r\n', '0#', '-1#x', '5 #hello', '123456#', '#', '1e3#', 'é'];
for (const text of BAD) {
  test(`${JSON.stringify(text)} is no frame, however it is split`, () => {
    for (const size of [1, 100]) {
      expect(() => decode(Buffer.from(text), size)).toThrow(DrachtioProtocolError);
    }
  });
}

test('an unfinished frame waits', () => {
  expect(decode(Buffer.from('12'), 1)).toEqual([]);
  expect(decode(Buffer.from('5#hell'), 2)).toEqual([]);
});
