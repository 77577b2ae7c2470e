import { expect, test } from 'vitest';
import { digestsOf, isBanned } from '../../../meetings/rules/bans.ts';
import type { Ban, Marks } from '../../../meetings/rules/bans.ts';
import { masked } from '../../../protocol/call/masked.ts';

const KEY = 'a-key-of-this-test';
const ban = (marks: Marks): Ban => ({
  id: 'b',
  name: 'Mallory',
  number: masked(marks.number ?? ''),
  bannedAtMs: 0,
  by: 'console',
  digests: digestsOf(marks, KEY),
});

const known = { personId: 'p-1', account: 'desk', number: '+4930901234' };
const cases = [
  ['the same person from another phone', { personId: 'p-1', number: '+4940111222' }, true],
  ['the same account', { account: 'desk' }, true],
  ['the same number', { number: '+4930901234' }, true],
  ['another person', { personId: 'p-2' }, false],
  ['a number that only begins alike', { number: '+49309012345' }, false],
  ['an account that is named as the person', { account: 'p-1' }, false],
  ['a caller who withholds everything', { number: '' }, false],
] as const;
test.each(cases)('%s: banned %s', (_, marks, expected) => {
  expect(isBanned([ban(known)], digestsOf(marks, KEY))).toBe(expected);
});

test('who withholds everything cannot be told from others', () => {
  expect(digestsOf({ number: '' }, KEY)).toEqual([]);
  expect(isBanned([ban({ number: '' })], digestsOf({ number: '' }, KEY))).toBe(false);
});

test('a ban holds no number, account or person, and cannot be checked without our key', () => {
  const text = JSON.stringify(ban(known));
  for (const secret of Object.values(known)) expect(text).not.toContain(secret);
  expect(isBanned([ban(known)], digestsOf(known, 'another-key'))).toBe(false);
});
