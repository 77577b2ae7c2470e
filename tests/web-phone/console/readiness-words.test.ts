import { expect, test } from 'vitest';
import { troubleSentence } from '../../../protocol/call/trunk-trouble.ts';
import { missing, readinessOf } from '../../../readiness.ts';
import { readReadiness } from '../../../web-phone/console/readiness.ts';
import { readinessWords } from '../../../web-phone/console/readiness-words.ts';
import { readiness as german } from '../../../web-phone/words/de/readiness.ts';
import { readiness as english } from '../../../web-phone/words/en/readiness.ts';

const at = { host: '192.0.2.7', port: 5080 };

/** Everything that the server tells of itself, by its own hand. */
const sentences = missing(
  readinessOf(
    [
      { node: 'fs1:8021', state: 'refused', detail: 'wrong password.' },
      { node: 'fs2:8021', state: 'connecting' },
    ],
    {
      drachtio: 'away',
      accepting: false,
      switches: [
        { ...at, up: false, refusesCalls: false },
        { ...at, up: true, refusesCalls: true },
      ],
      trunks: [{ name: 'provider', state: 'refused', detail: 'The provider answers 403.' }],
    } as unknown as Parameters<typeof readinessOf>[1],
  ),
);

test('each sentence that the server tells of itself is said in German, with its node or trunk', () => {
  expect(sentences).toHaveLength(7);
  const said = sentences.map((each) => readinessWords(each, german.known));
  expect(said.filter((each, n) => each === sentences[n])).toEqual([]);
  expect(new Set(said).size).toBe(sentences.length);
  for (const name of ['fs1:8021', 'fs2:8021', '192.0.2.7:5080', 'provider', '403'])
    expect(said.join(' ')).toContain(name);
});

test.each([
  [{ kind: 'no-login' }, 'keinen Benutzernamen'],
  [{ kind: 'no-answer' }, 'antwortet nicht'],
  [{ kind: 'no-answer-to-options' }, 'antwortet nicht'],
  [{ kind: 'login-refused', status: 401, reason: 'No' }, 'Passwort nicht an'],
  [{ kind: 'registration-refused', status: 404, reason: 'No' }, '(404)'],
  [{ kind: 'registration-failed', status: 500, reason: 'No' }, '(500)'],
] as const)('why a trunk does not stand is said in German: %o', (trouble, part) => {
  const said = readinessWords(`Trunk provider: ${troubleSentence(trouble)}`, german.known);
  expect(said).toContain('Der Trunk provider steht nicht');
  expect(said).toContain(part);
});

test('in English they are as the server tells them; one that nobody knows is so in either', () => {
  for (const each of sentences) expect(readinessWords(each, english.known)).toBe(each);
  expect(readinessWords('The moon is down.', german.known)).toBe('The moon is down.');
});

test('a server that says nothing is told of in German too', () => {
  const silent = readReadiness(503, undefined);
  expect(silent.kind).toBe('not-ready');
  const [sentence = ''] = 'sentences' in silent ? silent.sentences : [];
  expect(readinessWords(sentence, german.known)).toContain('Protokoll');
});
