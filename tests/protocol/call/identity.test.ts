import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIdentity, parseIdentity } from '../../../protocol/call/identity.ts';
import type { CallIdentity } from '../../../protocol/call/identity.ts';
import type { RoomId } from '../../../protocol/room/room.ts';

const KEY = new TextEncoder().encode('one key');
const room = 'm-aaaaaaaaaaaaaaaa' as RoomId;
const ada: CallIdentity = {
  destination: { kind: 'meeting', room, role: 'moderator' },
  via: 'browser',
  name: 'Ada Łovelace "%0a"',
  number: '',
  account: 'ada',
  personId: 'p-1',
  source: '2001:db8::1',
};
const phone: CallIdentity = {
  destination: { kind: 'reception', dialled: '7000' },
  via: 'phone',
  name: '+44 20 7946 0000',
  number: '+442079460000',
  source: '192.0.2.9',
};

/** Signed well, whatever it says. */
function signed(value: unknown, version = 'v1'): string {
  const text = `${version}.${Buffer.from(JSON.stringify(value)).toString('base64url')}`;
  return `${text}.${createHmac('sha256', KEY).update(text).digest('base64url')}`;
}

describe('an identity', () => {
  test.each([ada, phone])('of $via is read as it was written', (identity) => {
    expect(parseIdentity(formatIdentity(identity, KEY), KEY)).toEqual(identity);
  });

  test('is one word that is safe in SIP and on the event socket', () => {
    expect(formatIdentity(ada, KEY)).toMatch(/^v1\.[\w-]+\.[\w-]{43}$/);
  });

  test('is nobody’s with another key', () => {
    const other = new TextEncoder().encode('another key');
    expect(parseIdentity(formatIdentity(ada, KEY), other)).toBeUndefined();
  });

  test('is nobody’s with any one of its characters changed', () => {
    const text = formatIdentity(phone, KEY);
    for (let at = 0; at < text.length - 1; at++) {
      const changed = text[at] === 'A' ? 'B' : 'A';
      const forged = text.slice(0, at) + changed + text.slice(at + 1);
      expect(parseIdentity(forged, KEY), `at ${at}`).toBeUndefined();
    }
  });

  test('is nobody’s in rubbish', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseIdentity(text, KEY)).toBeUndefined();
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test.each([
    ['another version', signed(ada, 'v2')],
    ['no object', signed([ada])],
    ['no name', signed({ ...ada, name: '' })],
    ['a name with a line break', signed({ ...ada, name: 'Ada\nX: y' })],
    ['a name of 101 letters', signed({ ...ada, name: 'x'.repeat(101) })],
    ['another way to call', signed({ ...ada, via: 'pigeon' })],
    ['no source', signed({ ...ada, source: undefined })],
    ['another role', signed({ ...ada, destination: { kind: 'meeting', room, role: 'god' } })],
    [
      'a room that is a command',
      signed({ ...ada, destination: { ...ada.destination, room: 'm-a x' } }),
    ],
    ['another destination', signed({ ...ada, destination: { kind: 'elsewhere' } })],
    ['no destination', signed({ ...ada, destination: null })],
    ['a person without a name', signed({ ...ada, personId: 5 })],
  ])('is nobody’s with %s, though signed', (_, text) => {
    expect(parseIdentity(text, KEY)).toBeUndefined();
  });

  test('loses control characters and what is too long of a caller’s name', () => {
    const wild = { ...phone, name: ` \u0000Mallory\r\nX: y${'z'.repeat(300)}` };
    const name = parseIdentity(formatIdentity(wild, KEY), KEY)?.name;
    expect(name).toHaveLength(100);
    expect(name).toMatch(/^MalloryX: yz+$/);
  });

  test.each([
    ['Anna\u202eannA', 'AnnaannA'],
    ['\u200bAnna\ufeff', 'Anna'],
    ['An\u2028na', 'Anna'],
    ['Zoë \u{1f469}\u200d\u{1f680}', 'Zoë \u{1f469}\u200d\u{1f680}'],
    ['\ud800Anna', 'Anna'],
  ])('shows a caller’s name as it is: %j as %j', (name, shown) => {
    expect(parseIdentity(formatIdentity({ ...phone, name }, KEY), KEY)?.name).toBe(shown);
  });

  test('without a name is called by its number, or Caller', () => {
    const named = (name: string, number: string): string | undefined =>
      parseIdentity(formatIdentity({ ...phone, name, number }, KEY), KEY)?.name;
    expect(named('', '1001')).toBe('1001');
    expect(named(' \n', '')).toBe('Caller');
  });

  test('of any text is read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 150 }), (name) => {
        expect(parseIdentity(formatIdentity({ ...phone, name }, KEY), KEY)).toBeDefined();
      }),
      { seed: 4, numRuns: 100 },
    );
  });
});
