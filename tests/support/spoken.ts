import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../protocol/call/language.ts';
import type { Phrase } from '../../protocol/speech/phrase.ts';
import { digitClips, numberClips } from '../../protocol/speech/number.ts';
import { unreachable } from '../../protocol/unreachable.ts';

/** Where the recordings are, beside their catalogue. */
export const PROMPTS = join(import.meta.dirname, '../../prompts');

export interface CatalogueLine {
  readonly clip: string;
  /** Absent: not spoken in that language. */
  readonly texts: Readonly<Partial<Record<Language, string>>>;
}

/** prompts/catalogue.tsv, line by line. */
export function catalogue(): readonly CatalogueLine[] {
  const lines = readFileSync(join(PROMPTS, 'catalogue.tsv'), 'utf8').trimEnd().split('\n');
  return lines.filter((line) => !line.startsWith('#')).map(readLine);
}

function readLine(line: string): CatalogueLine {
  const [clip, en, de] = line.split('\t');
  if (!clip || !en || !de) throw new Error(`not a line of the catalogue: ${line}`);
  return { clip, texts: { ...(en === '-' ? {} : { en }), ...(de === '-' ? {} : { de }) } };
}

const texts = new Map(catalogue().map((line) => [line.clip, line.texts]));

/** The words of a clip; throws if the language has none. */
export function words(clip: string, language: Language): string {
  const text = texts.get(clip)?.[language];
  if (text === undefined) throw new Error(`${clip} has no words in ${language}`);
  return text.replace(/,$/, '');
}

/** What a caller hears of phrases, as text; sounds and recorded names in brackets. */
export function spoken(phrases: readonly Phrase[], language: Language): string {
  return phrases.map((phrase) => textOf(phrase, language)).join(' ');
}

function textOf(phrase: Phrase, language: Language): string {
  const say = (clips: readonly string[]): string =>
    clips.map((clip) => words(clip, language)).join(' ');
  switch (phrase.kind) {
    case 'clip':
      return words(phrase.clip, language);
    case 'number':
      return say(numberClips(phrase.value, language));
    case 'digits':
      return say(digitClips(phrase.text));
    case 'sound':
      return `[${phrase.sound}]`;
    case 'file':
      return `[${phrase.path}]`;
    case 'silence':
      return `[${phrase.ms} ms]`;
    default:
      return unreachable(phrase);
  }
}
