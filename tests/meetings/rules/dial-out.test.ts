import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  book,
  checkNumber,
  EMPTY_BOOK,
  NO_DIAL_OUT,
  normalised,
  struck,
  unbooked,
} from '../../../meetings/rules/dial-out.ts';
import type { DialOutBook, DialOutSettings } from '../../../meetings/rules/dial-out.ts';

const settings: DialOutSettings = {
  prefixes: ['+49', '+43', '+1202', '+44'],
  concurrent: 2,
  perDay: 3,
  minutes: 10,
  country: '49',
};

const numbers = [
  ['+4930901234', '+4930901234'],
  ['+49 30 / 901-234', '+4930901234'],
  ['+49 (0)30 901234', '+4930901234'],
  ['004930901234', '+4930901234'],
  ['00 49 (0) 30 901234', '+4930901234'],
  ['030901234', '+4930901234'],
  ['(030) 901.234', '+4930901234'],
  ['+49 030 901234', '+4930901234'],
  ['0049030901234', '+4930901234'],
  ['+49 (0)(0)30 901234', '+4930901234'],
  ['+390612345678', '+390612345678'],
  ['30901234', undefined],
  ['+0301234567', undefined],
  ['+49', undefined],
  ['+1234567890123456', undefined],
  ['+49301234567;ext=1', undefined],
  ['sip:+49301234567@x', undefined],
  ['+49٣٠٩٠١٢٣٤', undefined],
  ['+4930901234\r\nX: y', undefined],
  ['++4930901234', undefined],
  ['', undefined],
] as const;
test.each(numbers)('%j is dialled as %s', (text, expected) => {
  expect(normalised(text, '49')).toBe(expected);
});

test('without a country of our own, one 0 begins no number', () => {
  expect(normalised('030901234')).toBeUndefined();
});

test('in Italy the 0 is part of the number', () => {
  expect(normalised('06 1234 5678', '39')).toBe('+390612345678');
});

test('whatever is typed, what is dialled is E.164 or nothing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const number = normalised(text, '49');
      expect(number === undefined || /^\+[1-9]\d{6,14}$/.test(number)).toBe(true);
    }),
    { seed: 20261122 },
  );
});

const refused = (why: string) => ({ kind: 'refused', why });
const checks = [
  ['a number at home', '030901234', { kind: 'allowed', number: '+4930901234' }],
  ['a number abroad that is allowed', '+12025550123', { kind: 'allowed', number: '+12025550123' }],
  ['a number abroad that is not', '+33142680000', refused('prefix')],
  ['a neighbour of an allowed prefix', '+12035550123', refused('prefix')],
  ['what is no number', 'Ada', refused('not-a-number')],
  ...['110', '112', '911', '999', '0112', '0049112', '+49110', '1-1-0', '0110'].map(
    (text) => ['help', text, refused('emergency')] as const,
  ),
  ...['+490900123456', '+49 (0)(0)900 123456', '+49 00 180 5123456'].map(
    (text) => ['a number that costs more, behind a 0', text, refused('premium')] as const,
  ),
  ...['0900123456', '0137 7123456', '+49 180 5123456', '0118 33123', '+449012345678'].map(
    (text) => ['a number that costs more', text, refused('premium')] as const,
  ),
  ['a satellite', '+881612345678', refused('premium')],
] as const;
test.each(checks)('%s, %s', (_, text, expected) => {
  expect(checkNumber(text, settings)).toEqual(expected);
});

test('a number that has 112 in it is no emergency', () => {
  expect(checkNumber('+49301121120', settings)).toMatchObject({ kind: 'allowed' });
});

test('off by default, whatever the number', () => {
  for (const text of ['+4930901234', '112', 'Ada'])
    expect(checkNumber(text, NO_DIAL_OUT)).toEqual(refused('off'));
});

const DAY_MS = 24 * 3_600_000;

test('so many at once, and one more when one of them ends', () => {
  const one = booked(EMPTY_BOOK, 'a', 0);
  const two = booked(one, 'b', 1);
  expect(book(two, 'c', 2, settings)).toEqual(refused('concurrent'));
  expect(book(struck(two, 'a'), 'c', 2, settings).kind).toBe('booked');
});

test('a call whose end nobody told counts no longer than it can last', () => {
  const two = booked(booked(EMPTY_BOOK, 'a', 0), 'b', 0);
  expect(book(two, 'c', 12 * 60_000, settings)).toEqual(refused('concurrent'));
  expect(book(two, 'c', 13 * 60_000, settings).kind).toBe('booked');
});

test('so many in any 24 hours', () => {
  let pages = EMPTY_BOOK;
  for (const id of ['a', 'b', 'c']) pages = struck(booked(pages, id, 5), id);
  expect(book(pages, 'd', DAY_MS + 4, settings)).toEqual(refused('per-day'));
  expect(book(pages, 'd', DAY_MS + 5, settings).kind).toBe('booked');
});

test('a call that was never tried counts for nothing, and one beside it for what it is', () => {
  const two = booked(booked(EMPTY_BOOK, 'a', 1), 'b', 2);
  const one = unbooked(two, 'a', settings);
  expect(one).toEqual(booked(EMPTY_BOOK, 'b', 2));
  expect(unbooked(one, 'b', settings)).toEqual(EMPTY_BOOK);
  expect(unbooked(two, 'c', settings)).toEqual(two);
});

test('each may last as long as the settings say', () => {
  expect(book(EMPTY_BOOK, 'a', 0, settings)).toMatchObject({ maxMs: 600_000 });
});

function booked(before: DialOutBook, id: string, nowMs: number): DialOutBook {
  const booking = book(before, id, nowMs, settings);
  if (booking.kind !== 'booked') throw new Error(booking.why);
  return booking.book;
}
