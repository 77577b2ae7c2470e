import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROBLEMS, refusal } from '../../../api/problems.ts';
import { problemWords } from '../../../web-phone/words/problem-words.ts';
import { houseProblems } from '../../../web-phone/words/de/house-problems.ts';
import { problems as everywhere } from '../../../web-phone/words/de/problems.ts';
import { problems as english } from '../../../web-phone/words/en/problems.ts';

/** As the console knows them. */
const german = { ...everywhere, known: { ...everywhere.known, ...houseProblems } };

/** Only a program can bring them about: pages ask as the document says. */
const DEVELOPERS_ONLY = ['method-not-allowed', 'not-json', 'other-request'];
/** Has a sentence with a number of its own. */
const NUMBERED = ['internal'];
/** Many things are told so: by the field at fault, else in the server's words. */
const BY_FIELD = ['bad-input', 'conflict'];

/** Fields that no page of ours sends, or that it never sends wrong. */
const FIELDS_OF_PROGRAMS = ['me', 'limit', 'format', 'language', 'meeting'];

test('each type of problem is said in German, or is for developers alone', () => {
  const types = Object.keys(PROBLEMS);
  const elsewhere = [...DEVELOPERS_ONLY, ...NUMBERED, ...BY_FIELD];
  expect(elsewhere.filter((type) => !types.includes(type))).toEqual([]);
  const said = types.filter((type) => type in german.known || elsewhere.includes(type));
  expect(said).toEqual(types);
});

test('each field that the server finds fault with has a sentence in German', () => {
  const kinds = Object.keys(german.known);
  const missing = fieldsAtFault().filter(
    (field) =>
      !FIELDS_OF_PROGRAMS.includes(field) && !kinds.some((kind) => kind.endsWith(`.${field}`)),
  );
  expect(missing).toEqual([]);
});

test('every sentence in German is about a problem that there is', () => {
  const types = Object.keys(PROBLEMS);
  const strange = Object.keys(german.known).filter(
    (kind) => !types.includes(kind.split('.')[0] ?? ''),
  );
  expect(strange).toEqual([]);
});

test('in English the server’s own words are said, which say what to do', () => {
  const { problem } = refusal('conflict', 'The username is taken: choose another.', {
    field: 'username',
  });
  expect(problemWords(problem, english)).toBe(problem.detail);
  expect(problemWords(problem, german)).toBe(german.known['conflict.username']);
});

test('what has no sentence is not kept back, and a mistake of ours keeps its number', () => {
  const rare = refusal('conflict', 'No trunk takes calls out.').problem;
  expect(problemWords(rare, german)).toContain('No trunk takes calls out.');
  const ours = refusal('internal', 'Tell whoever runs this server this number: 0123456789ab.');
  for (const say of [english, german])
    expect(problemWords(ours.problem, say)).toContain('0123456789ab');
});

/** The names that stand behind `field:` where the server refuses. */
function fieldsAtFault(): readonly string[] {
  const found = new Set<string>();
  for (const folder of ['api', 'meetings/rules'])
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const text = file.endsWith('.ts') ? readFileSync(join(folder, file), 'utf8') : '';
      for (const [, field = ''] of text.matchAll(/\bfield: '([A-Za-z]+)'/g)) found.add(field);
    }
  expect(found.size).toBeGreaterThan(20);
  return [...found];
}
