import { expect, test } from 'vitest';
import { isMeetingName, isPersonName, isUsername } from '../../../meetings/rules/names.ts';

test.each([
  'Zoë',
  "O'Brien, Mary-Jane (Sales)",
  '山田太郎',
  'محمد',
  '🎧 Support',
  '👩‍💻',
  'Smith & Co.',
])('%s is a person', (name) => expect(isPersonName(name)).toBe(true));
test.each([
  '',
  ' ',
  ' Ann',
  'Ann ',
  'a\nb',
  'a\r\nVia: x',
  'a\u0000',
  'a\u2028b',
  '\u202Egpj',
  '\ud800',
  '<img onerror=alert(1)>',
  '"Ann"',
  '${system(x)}',
  'a|b',
  'a\\b',
  'x;y',
  '%0a',
  '+flags{moderator}',
  'x'.repeat(65),
  '\u001b[31m',
])('%j is none', (name) => expect(isPersonName(name)).toBe(false));
test('a meeting may be called anything that steers nothing', () => {
  expect(isMeetingName('Q&A <draft> "1" 50 %')).toBe(true);
  for (const name of ['', ' x', 'a\nb', '\u202Ex', '\udc00', 'x'.repeat(101)])
    expect(isMeetingName(name)).toBe(false);
});
test('an account is no code, no extension and no browser', () => {
  expect(isUsername('desk-1')).toBe(true);
  for (const name of ['1234567890', 'Desk', 'a', 'web-abc', 'a b', 'a@b', 'x'.repeat(33)])
    expect(isUsername(name)).toBe(false);
});
