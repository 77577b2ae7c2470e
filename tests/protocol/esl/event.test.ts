import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EslEvent } from '../../../protocol/esl/event.ts';
import {
  formatJsonEvent,
  formatPlainEvent,
  parseJsonEvent,
  parsePlainEvent,
} from '../../../protocol/esl/event.ts';
import { EslProtocolError } from '../../../protocol/esl/headers.ts';

const EVENT: EslEvent = {
  headers: [
    { name: 'Event-Name', value: 'CUSTOM' },
    { name: 'Caller-Caller-ID-Name', value: 'Zoë: 100% "sure"\n' },
    { name: 'Empty', value: '' },
  ],
  body: 'line\n\nafter a blank one',
};

test('a plain event escapes what FreeSWITCH escapes', () => {
  expect(formatPlainEvent(EVENT)).toBe(
    'Event-Name: CUSTOM\nCaller-Caller-ID-Name: Zo%C3%AB%3A%20100%25%20%22sure%22%0A\nEmpty: _undef_\n' +
      'Content-Length: 23\n\nline\n\nafter a blank one',
  );
});

test('a JSON event counts its body in bytes', () => {
  expect(JSON.parse(formatJsonEvent({ headers: [], body: 'ë' }))).toEqual({
    'Content-Length': '2',
    _body: 'ë',
  });
});

describe('what is written is read again', () => {
  const names = fc
    .stringMatching(/^[A-Z][A-Za-z0-9_-]{0,20}$/)
    .filter((name) => !/^content-length$/i.test(name));
  const headers = fc.uniqueArray(
    fc.record({ name: names, value: fc.string({ unit: 'grapheme' }) }),
    { selector: ({ name }) => name, maxLength: 8 },
  );
  const bodies = fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: undefined });
  const events = fc
    .record({ headers, body: bodies })
    .map((event) =>
      event.body === undefined ? { headers: event.headers } : { ...event, body: event.body },
    );

  test('as plain text', () => {
    const check = fc.property(events, (event) => {
      const defined = event.headers.filter(({ value }) => value !== '_undef_');
      const kept = { ...event, headers: defined };
      expect(parsePlainEvent(formatPlainEvent(kept))).toEqual(kept);
    });
    fc.assert(check, { seed: 20, numRuns: 400 });
  });

  test('as JSON', () => {
    const check = fc.property(events, (event) => {
      expect(parseJsonEvent(formatJsonEvent(event))).toEqual(event);
    });
    fc.assert(check, { seed: 21, numRuns: 400 });
  });
});

test('a bare percent sign in a value is kept and breaks nothing', () => {
  const { headers } = parsePlainEvent('Reply: 100% done %zz\n\n');
  expect(headers).toEqual([{ name: 'Reply', value: '100% done %zz' }]);
});

test('several values of one header keep their order', () => {
  expect(parseJsonEvent('{"a":["x","y"]}').headers).toEqual([{ name: 'a', value: 'ARRAY::x|:y' }]);
});

for (const text of ['', '{', '[]', 'null', '"x"', '{"a":1']) {
  test(`no event can be read from ${text || 'nothing'}`, () => {
    expect(() => parseJsonEvent(text)).toThrow(EslProtocolError);
  });
}
