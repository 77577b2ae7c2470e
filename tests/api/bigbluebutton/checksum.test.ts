import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isChecksumRight, withoutChecksum } from '../../../api/bigbluebutton/checksum.ts';
import { Parameters } from '../../../api/bigbluebutton/parameters.ts';

const SECRET = '639259d4-9dd8-4b25-bf01-95f9567eaf4b';
const QUERY = 'name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444';

/** The first is in BigBlueButton's API documentation; the others were made with coreutils' sha*sum. */
const VECTORS = [
  ['sha1', '1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17'],
  ['sha256', 'da9185f7f333cfdfcd6eeac32dca3777510c4c436020d8b887ba5515bd1d189e'],
  [
    'sha384',
    '891ac633df39d0a1b4f8d597f3e190833216c4b29c4fb51ea3ca72757eeb958d6e7b49a845cf29f5c6019c7d29d029d1',
  ],
  [
    'sha512',
    'de73ad61d11a5c801b68d4bd6ec5248546085cefb0b25c85f3c46249ea93a3a4b120f92c0a8a58d7512cb77821884951a3b01245f3435dbbef49fff3cc3988b4',
  ],
] as const;

describe.each(VECTORS)('%s', (_algorithm, checksum) => {
  test('the checksum of the call is right, and of no other call, query or secret', () => {
    const signed = { query: QUERY, checksum };
    expect(isChecksumRight('create', signed, SECRET)).toBe(true);
    expect(
      isChecksumRight('create', { query: QUERY, checksum: checksum.toUpperCase() }, SECRET),
    ).toBe(true);
    expect(isChecksumRight('join', signed, SECRET)).toBe(false);
    expect(isChecksumRight('create', { query: `${QUERY}&record=true`, checksum }, SECRET)).toBe(
      false,
    );
    expect(isChecksumRight('create', { query: QUERY.replace('+', '%20'), checksum }, SECRET)).toBe(
      false,
    );
    expect(isChecksumRight('create', signed, `${SECRET}x`)).toBe(false);
  });

  test('cut short, grown or with one digit changed it is wrong', () => {
    const last = checksum.endsWith('0') ? '1' : '0';
    for (const wrong of [
      checksum.slice(0, -1),
      `${checksum}0`,
      `${checksum.slice(0, -1)}${last}`,
      '',
    ])
      expect(isChecksumRight('create', { query: QUERY, checksum: wrong }, SECRET)).toBe(false);
  });
});

test('an md5 checksum counts for nothing', () => {
  const checksum = createHash('md5').update(`create${QUERY}${SECRET}`).digest('hex');
  expect(isChecksumRight('create', { query: QUERY, checksum }, SECRET)).toBe(false);
});

test.each([
  ['a=1&checksum=c', 'a=1', 'c'],
  ['checksum=c&a=1', 'a=1', 'c'],
  ['a=1&checksum=c&b=2', 'a=1&b=2', 'c'],
  ['checksum=c', '', 'c'],
  ['a=%20+%C3%BC&a=&checksum=c', 'a=%20+%C3%BC&a=', 'c'],
  ['?a=1&checksum=c', '?a=1', 'c'],
  ['xchecksum=1&checksum=c', 'xchecksum=1', 'c'],
])('of %j what is signed is %j', (raw, query, checksum) => {
  expect(withoutChecksum(raw)).toEqual({ query, checksum });
});

test.each(['', 'a=1', 'checksum=a&checksum=b', 'a=1&Checksum=c'])(
  'in %j nobody can say what was signed',
  (raw) => {
    expect(withoutChecksum(raw)).toBeUndefined();
  },
);

test.each([
  ['name=a+b', 'a b'],
  ['name=a%20b', 'a b'],
  ['name=a%2Bb', 'a+b'],
  ['name=%C3%BC', 'ü'],
  ['name=%ff', '\ufffd'],
  ['name=%zz%', '%zz%'],
  ['name=one&name=two', 'one'],
  ['name=%20x%20', 'x'],
  ['name=', undefined],
  ['name', undefined],
  ['Name=x', undefined],
  ['name=a=b', 'a=b'],
])('the parameter in %j is %j', (query, text) => {
  expect(new Parameters(query).text('name')).toBe(text);
});

test('numbers, flags and groups are read, and what is none is told apart', () => {
  const params = new Parameters(
    'n=5&bad=-1&big=99999999999&yes=TRUE&no=0&meta_a-b=1&meta_A-B=2&meta_<x>=3&meta_=4&meta_1=5',
  );
  expect(params.count('n')).toBe(5);
  expect(params.count('bad')).toBeNaN();
  expect(params.count('big')).toBeNaN();
  expect(params.count('none')).toBeUndefined();
  expect([params.flag('yes'), params.flag('no'), params.flag('none')]).toEqual([
    true,
    false,
    undefined,
  ]);
  expect(params.group('meta_', 9)).toEqual({ 'a-b': '1', 'A-B': '2' });
  expect(params.group('meta_', 1)).toEqual({ 'a-b': '1' });
});
