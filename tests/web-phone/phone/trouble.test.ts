import { describe, expect, test } from 'vitest';
import { countSpeech, isSpeech, levelOf, smooth } from '../../../web-phone/phone/level.ts';
import { microphoneTrouble, ticketTrouble, wordsOf } from '../../../web-phone/phone/trouble.ts';
import { problems as germanProblems } from '../../../web-phone/words/de/problems.ts';
import { trouble as german } from '../../../web-phone/words/de/trouble.ts';
import { problems as englishProblems } from '../../../web-phone/words/en/problems.ts';
import { trouble as english } from '../../../web-phone/words/en/trouble.ts';

describe('a microphone that does not open is explained', () => {
  test.each([
    [{ name: 'NotAllowedError', message: 'Permission denied' }, 'microphone-refused'],
    [{ name: 'NotAllowedError', message: 'Permission dismissed' }, 'microphone-dismissed'],
    [
      { name: 'NotAllowedError', message: 'Permission denied by system' },
      'microphone-refused-by-system',
    ],
    // Firefox and Safari say the same for both, but would ask again.
    [{ name: 'NotAllowedError', permission: 'prompt' }, 'microphone-dismissed'],
    [{ name: 'NotAllowedError', permission: 'denied' }, 'microphone-refused'],
    [{ name: 'SecurityError' }, 'microphone-refused'],
    [{ name: 'NotFoundError' }, 'microphone-missing'],
    [{ name: 'OverconstrainedError' }, 'microphone-missing'],
    [{ name: 'NotReadableError' }, 'microphone-busy'],
    [{ name: 'AbortError' }, 'microphone-busy'],
    [{ name: 'TypeError' }, 'microphone-failed'],
  ] as const)('%j is %s', (refused, kind) => {
    expect(microphoneTrouble(refused)).toEqual({ kind });
  });
});

describe('a ticket that is refused is explained', () => {
  const problem = { type: 'about:blank', title: '', detail: 'the server says so' };
  for (const [status, kind] of [
    [0, 'server-unreachable'],
    [403, 'banned'],
    [404, 'link-unknown'],
    [410, 'meeting-ended'],
    [503, 'server-busy'],
  ] as const) {
    test(`status ${status} is ${kind}`, () => {
      expect(ticketTrouble({ ...problem, status }).kind).toBe(kind);
    });
  }
  test('what we do not know is said in the server’s words', () => {
    const told = ticketTrouble({ ...problem, status: 429 });
    const words = { trouble: english, problems: englishProblems };
    expect(wordsOf(told, words).advice).toBe('the server says so');
  });

  test('of what it does know it speaks German in a German page', () => {
    const type = 'urn:partyline:problem:too-many-requests';
    const told = ticketTrouble({ ...problem, type, status: 429 });
    const words = { trouble: german, problems: germanProblems };
    expect(wordsOf(told, words).advice).toBe(germanProblems.known['too-many-requests']);
  });
});

describe.each([
  ['English', english],
  ['German', german],
])('every trouble in %s', (_language, words) => {
  test.each(Object.entries(words))('%s has a name and says what to do', (_kind, said) => {
    expect(said.title.length).toBeGreaterThan(8);
    expect(said.title).not.toMatch(/[.!]$/);
    expect(said.advice).toMatch(/\.$/);
  });
});

describe('the level meter', () => {
  const tone = (gain: number) =>
    Float32Array.from({ length: 1024 }, (_, i) => gain * Math.sin(i / 5));
  test('rests at silence, is full at a loud voice, and rises with loudness between', () => {
    expect(levelOf(new Float32Array(1024))).toBe(0);
    expect(levelOf(tone(1))).toBe(1);
    expect(levelOf(tone(0.01))).toBeLessThan(levelOf(tone(0.05)));
  });
  test('rises at once and falls slowly', () => {
    expect(smooth(0.1, 0.9)).toBe(0.9);
    expect(smooth(0.9, 0)).toBeGreaterThan(0.7);
  });
  test('takes half a second of voice for speech, and a click for none', () => {
    let count = 0;
    for (let look = 0; look < 11; look++) count = countSpeech(count, 0.8);
    expect(isSpeech(count)).toBe(false);
    expect(isSpeech(countSpeech(count, 0.8))).toBe(true);
    expect(isSpeech(countSpeech(0, 1))).toBe(false);
  });
});
