import { describe, expect, test } from 'vitest';
import type { Language } from '../../../protocol/call/language.ts';
import { filesOf } from '../../../protocol/speech/files.ts';
import type { SoundFolders } from '../../../protocol/speech/files.ts';
import type { Phrase } from '../../../protocol/speech/phrase.ts';

function folders(language: Language, ...operators: readonly string[]): SoundFolders {
  return {
    language,
    folders: ['/etc/voice/', '/opt/prompts'],
    exists: (path) => operators.includes(path),
  };
}

const MUTED: Phrase = { kind: 'clip', clip: 'muted' };

describe('files', () => {
  test('a clip is our recording in the language asked for', () => {
    expect(filesOf([MUTED], folders('en'))).toEqual(['/opt/prompts/en/muted.wav']);
    expect(filesOf([MUTED], folders('de'))).toEqual(['/opt/prompts/de/muted.wav']);
  });

  test("the operator's recording wins, clip by clip", () => {
    const where = folders('de', '/etc/voice/de/number-7.wav', '/etc/voice/en/muted.wav');
    expect(filesOf([MUTED, { kind: 'number', value: 7 }], where)).toEqual([
      '/opt/prompts/de/muted.wav',
      '/etc/voice/de/number-7.wav',
    ]);
  });

  test("the operator's music wins too", () => {
    const music: Phrase = { kind: 'sound', sound: 'hold-music' };
    expect(filesOf([music], folders('en'))).toEqual(['/opt/prompts/sounds/hold-music.wav']);
    expect(filesOf([music], folders('en', '/etc/voice/sounds/hold-music.wav'))).toEqual([
      '/etc/voice/sounds/hold-music.wav',
    ]);
  });

  test('a number is played word by word, in the order of the language', () => {
    const number: Phrase = { kind: 'number', value: 45 };
    expect(filesOf([number], folders('en'))).toEqual([
      '/opt/prompts/en/number-40.wav',
      '/opt/prompts/en/number-5.wav',
    ]);
    expect(filesOf([number], folders('de'))).toEqual([
      '/opt/prompts/de/number-5-und.wav',
      '/opt/prompts/de/number-40.wav',
    ]);
  });

  test('digits are played one by one', () => {
    expect(filesOf([{ kind: 'digits', text: '4#' }], folders('en'))).toEqual([
      '/opt/prompts/en/number-4.wav',
      '/opt/prompts/en/hash.wav',
    ]);
  });

  test("a caller's recorded name is played from where it is", () => {
    expect(filesOf([{ kind: 'file', path: '/data/names/1.wav' }], folders('en'))).toEqual([
      '/data/names/1.wav',
    ]);
  });

  test.each([
    [0, 0],
    [100, 1],
    [250, 3],
  ])('a silence of %i ms is played as %i times a tenth of a second', (ms, times) => {
    const silence = '/opt/prompts/sounds/silence.wav';
    expect(filesOf([{ kind: 'silence', ms }], folders('en'))).toEqual(
      Array.from({ length: times }, () => silence),
    );
  });
});
