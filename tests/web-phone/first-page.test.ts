import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { happenings as german } from '../../web-phone/words/de/happenings.ts';
import { happenings as english } from '../../web-phone/words/en/happenings.ts';
import { buildPages } from '../support/build-pages.ts';

/** What somebody with a slow line waits for before they can join. */
const GOAL_BYTES = 97_000;

interface Piece {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
}

const BUILT = process.env.PARTYLINE_PAGES;
let folder: string;
let pieces: Readonly<Record<string, Piece>>;

beforeAll(async () => {
  folder = BUILT ?? mkdtempSync(join(tmpdir(), 'partyline-pages-'));
  if (BUILT === undefined) await buildPages(folder);
  pieces = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as typeof pieces;
}, 60_000);
afterAll(() => {
  if (BUILT === undefined) rmSync(folder, { recursive: true, force: true });
});

/** These pieces and all that they need at once, by name. */
function needed(names: readonly string[], found = new Set<string>()): ReadonlySet<string> {
  for (const name of names.filter((each) => !found.has(each))) {
    found.add(name);
    needed(pieceOf(name).imports ?? [], found);
  }
  return found;
}

function pieceOf(name: string): Piece {
  const piece = pieces[name];
  if (!piece) throw new Error(`the pages have no piece "${name}"`);
  return piece;
}

function filesOf(names: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    [...names]
      .map(pieceOf)
      .flatMap((each) => [each.file, ...(each.css ?? []), ...(each.assets ?? [])]),
  );
}

const sent = (file: string) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length;

test.each(['en', 'de'])(
  'the softphone in "%s" is on the way in 97 kB, with all that a call needs to begin',
  (language) => {
    const words = ['shared', 'phone'].map((area) => `words/${language}/${area}.ts`);
    const files = filesOf(needed(['join.html', 'phone/sip-phone.ts', ...words]));
    const bytes = ['join.html', ...files].map(sent).reduce((sum, each) => sum + each, 0);
    expect(bytes).toBeLessThan(GOAL_BYTES);
    expect(bytes, 'a measure that lost SIP.js').toBeGreaterThan(GOAL_BYTES / 2);
  },
);

test.each(['join.html', 'phone.html', 'console.html'])(
  '%s fetches the words of one language alone',
  (page) => {
    const names = needed([page]);
    expect([...names].filter((name) => name.startsWith('words/'))).toEqual([]);
    const scripts = [...filesOf(names)].filter((file) => file.endsWith('.js'));
    const code = scripts.map((file) => readFileSync(join(folder, file), 'utf8')).join('');
    for (const { notConfirmed } of [english, german])
      expect(code.includes(notConfirmed), notConfirmed).toBe(false);
  },
);

test('the door waits neither for the view of a call nor for SIP', () => {
  const names = needed(['join.html']);
  for (const later of ['phone/sip-phone.ts', 'phone/view/in-call.tsx', 'phone/echo-test.ts'])
    expect(names.has(later) || !(later in pieces), later).toBe(false);
});
