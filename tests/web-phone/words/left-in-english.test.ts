import { describe, expect, test } from 'vitest';
import { call as germanCall } from '../../../web-phone/words/de/call.ts';
import { consoleWords as germanConsole } from '../../../web-phone/words/de/console.ts';
import { phoneWords as germanPhone } from '../../../web-phone/words/de/phone.ts';
import { sharedWords as germanShared } from '../../../web-phone/words/de/shared.ts';
import { call } from '../../../web-phone/words/en/call.ts';
import { consoleWords } from '../../../web-phone/words/en/console.ts';
import { phoneWords } from '../../../web-phone/words/en/phone.ts';
import { sharedWords } from '../../../web-phone/words/en/shared.ts';

/** Words that German has not: who finds one finds a sentence that nobody put into German. */
const ENGLISH =
  /\b(the|and|is|are|you|your|with|not|this|that|who|when|what|from|their|they|them|nobody|somebody|here|there|it|of)\b/i;

/** Menus that telephones name in English alone, and what the log is searched by. */
const ALLOWED = [
  '.provisioning.fileAbout.grandstream',
  '.provisioning.fetchAbout.grandstream',
  '.audit.whoExample',
  '.audit.whatExample',
];

/** Each sentence by where it stands; what is said by a function is said about something. */
function sentences(table: unknown, at = ''): readonly (readonly [at: string, said: string])[] {
  if (typeof table === 'string') return [[at, table]];
  if (typeof table === 'function')
    return [[at, String((table as (...of: string[]) => unknown)('7', '8', '9'))]];
  return Object.entries(table ?? {}).flatMap(([name, part]) => sentences(part, `${at}.${name}`));
}

describe.each([
  ['console', consoleWords, germanConsole],
  ['softphone', phoneWords, germanPhone],
  ['call', call, germanCall],
  ['shared', sharedWords, germanShared],
])('in German the %s', (_name, english, german) => {
  const pairs = sentences(german)
    .filter(([at]) => !ALLOWED.includes(at))
    .map(([at, said]) => ({ at, said }));

  test('says nothing in English', () => {
    expect(pairs.filter(({ said }) => ENGLISH.test(said))).toEqual([]);
  });

  test('says no whole sentence as English does', () => {
    const spoken = new Map(sentences(english));
    const isSentence = (said: string) => said.trim().split(/\s+/).length > 2;
    const same = pairs.filter(({ at, said }) => isSentence(said) && spoken.get(at) === said);
    expect(same.filter(({ said }) => /[a-z]{3}/.test(said))).toEqual([]);
  });

  test('says all that English says', () => {
    const places = new Set(sentences(german).map(([at]) => at));
    const missing = sentences(english).filter(([at]) => !places.has(at) && !at.includes('.known.'));
    expect(missing).toEqual([]);
  });
});
