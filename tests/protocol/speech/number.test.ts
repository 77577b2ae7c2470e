import { describe, expect, test } from 'vitest';
import type { Language } from '../../../protocol/call/language.ts';
import { digitClips, numberClips } from '../../../protocol/speech/number.ts';
import { words } from '../../support/spoken.ts';

const ALL = Array.from({ length: 10_000 }, (_, value) => value);

const UNITS = {
  en: 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  de: 'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
};
const TENS = {
  en: 'twenty thirty forty fifty sixty seventy eighty ninety',
  de: 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig',
};

function said(value: number, language: Language): string {
  return numberClips(value, language)
    .map((clip) => words(clip, language))
    .join(language === 'de' ? '' : ' ');
}

/** What each word stands for. */
function values(language: Language): Map<string, number> {
  return new Map([
    ...UNITS[language].split(' ').map((word, i) => [word, i] as const),
    ...TENS[language].split(' ').map((word, i) => [word, 20 + 10 * i] as const),
  ]);
}

/** English words back to the number, as a listener adds them up. */
function understoodEnglish(text: string): number {
  const known = values('en');
  let [whole, part] = [0, 0];
  for (const word of text.split(' ')) {
    if (word === 'hundred') part *= 100;
    else if (word === 'thousand') [whole, part] = [whole + part * 1000, 0];
    else if (word !== 'and') part += known.get(word) ?? NaN;
  }
  return whole + part;
}

/** One German word back to the number: its parts by the word that joins them. */
function understoodGerman(word: string): number {
  const known = values('de').set('ein', 1).set('', 0);
  const of = (part: string): number => known.get(part) ?? NaN;
  const parts = /^(?:(.+)tausend)?(?:(.+)hundert)?(.*)$/.exec(word)!;
  const [, thousands = '', hundreds = '', rest = ''] = parts;
  const [ones, tens] = /^(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und/.test(rest)
    ? [rest.slice(0, rest.indexOf('und')), rest.slice(rest.indexOf('und') + 3)]
    : [rest, ''];
  return of(thousands) * 1000 + of(hundreds) * 100 + of(ones) + of(tens);
}

describe('numbers', () => {
  test.each([
    [0, 'zero', 'null'],
    [1, 'one', 'eins'],
    [12, 'twelve', 'zwölf'],
    [17, 'seventeen', 'siebzehn'],
    [20, 'twenty', 'zwanzig'],
    [21, 'twenty one', 'einundzwanzig'],
    [66, 'sixty six', 'sechsundsechzig'],
    [77, 'seventy seven', 'siebenundsiebzig'],
    [100, 'one hundred', 'einhundert'],
    [101, 'one hundred and one', 'einhunderteins'],
    [105, 'one hundred and five', 'einhundertfünf'],
    [131, 'one hundred and thirty one', 'einhunderteinunddreißig'],
    [200, 'two hundred', 'zweihundert'],
    [1000, 'one thousand', 'eintausend'],
    [1001, 'one thousand and one', 'eintausendeins'],
    [1100, 'one thousand one hundred', 'eintausendeinhundert'],
    [2345, 'two thousand three hundred and forty five', 'zweitausenddreihundertfünfundvierzig'],
    [9999, 'nine thousand nine hundred and ninety nine', 'neuntausendneunhundertneunundneunzig'],
  ])('%i is said as people say it', (value, english, german) => {
    expect(said(value, 'en')).toBe(english);
    expect(said(value, 'de')).toBe(german);
  });

  test('a listener understands each from 0 to 9999', () => {
    expect(ALL.filter((value) => understoodEnglish(said(value, 'en')) !== value)).toEqual([]);
    expect(ALL.filter((value) => understoodGerman(said(value, 'de')) !== value)).toEqual([]);
  });

  test.each([-1, 10_000, 1.5, NaN, Infinity])('%d is never said', (value) => {
    expect(() => numberClips(value, 'en')).toThrow(RangeError);
    expect(() => numberClips(value, 'de')).toThrow(RangeError);
  });

  test('digits are said one by one', () => {
    const clips = digitClips('*107#');
    expect(clips.map((clip) => words(clip, 'en'))).toEqual([
      'star',
      'one',
      'zero',
      'seven',
      'hash',
    ]);
    expect(clips.map((clip) => words(clip, 'de'))).toEqual([
      'Stern',
      'eins',
      'null',
      'sieben',
      'Raute',
    ]);
  });

  test('what is no key is not said, nor told', () => {
    expect(() => digitClips('12/..34')).toThrow(/^only 0 to 9, \* and # are spoken as digits$/);
  });
});
