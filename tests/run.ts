/**
 * `npm test`: format, lint, types, then every test; ends with `N passed, N failed, N skipped`.
 * Installs the Debian programs that tests call, where it may; otherwise names what is missing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { engines } from './runner/engines.ts';
import { provide } from './runner/programs.ts';
import {
  faultLines,
  lastOfEach,
  spoiled,
  tallied,
  worthAnother,
  type Played,
} from './runner/report.ts';
import { check, suite, type Suite, type Turn } from './runner/work.ts';
import { buildPages } from './support/build-pages.ts';
import { bundled } from './support/bundled.ts';

/** Flows start it, some thirty at a time: built once, before they ask for it. */
const MAIN = join(import.meta.dirname, '../main.ts');

const CHECKS = ['format:check', 'lint', 'types'] as const;

/** To load our modules anew for each file would double what many take; none keeps anything in a module. */
const TOGETHER = '--no-isolate';

/** Sound is measured in it to the millisecond: it has the machine to itself. */
const ALONE: Suite = {
  name: 'sound',
  files: ['tests/flows/audio-quality.test.ts'],
  options: [],
};

/** They mostly wait for speech and sound in real time; with three at once a busy machine drops sound of theirs. */
const FLOWS: Suite = {
  name: 'flows',
  files: ['tests/flows/', 'tests/conformance/'],
  options: ['--exclude', 'tests/flows/audio-quality.test.ts', '--maxWorkers=2'],
};

/** Each of these works a browser, which takes most of a core: more pages at once only come to their time limits. */
const PAGES: Suite = {
  name: 'pages',
  files: ['tests/web-phone/'],
  options: ['--exclude', 'tests/web-phone/*/**', '--maxWorkers=2', '--maxConcurrency=2', TOGETHER],
};

const UNITS: Suite = {
  name: 'units',
  files: [],
  options: [
    '--exclude',
    'tests/{flows,conformance}/**',
    '--exclude',
    'tests/web-phone/*.test.ts',
    '--maxWorkers=2',
    TOGETHER,
  ],
};

/** What the machine's other work spoiled is played once more, by itself, and the report says so; twice is a fault. */
const ONCE_MORE = ['--maxWorkers=1', '--maxConcurrency=2'];

const ROOT = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'partyline-test-'));

function play(of: Suite, turn: Turn = 'first'): Promise<Played[]> {
  return suite(of, turn, folder);
}

function report(title: string, files: readonly Played[]): void {
  const lines = faultLines(spoiled(files), ROOT);
  if (lines.length > 0) console.log(`\n${[title, ...lines].join('\n')}`);
}

const pages = join(folder, 'pages');
process.env.PARTYLINE_PAGES = pages;
provide();
console.log(engines());

const checks = Promise.all(CHECKS.map(check));
await Promise.all([bundled(MAIN), buildPages(pages)]);
const [flows, checked] = await Promise.all([play(FLOWS), checks]);
const [paged, units] = await Promise.all([play(PAGES, 'beside'), play(UNITS)]);
const first = [...checked, ...flows, ...paged, ...units, ...(await play(ALONE))];

const files = worthAnother(first);
const again = files.length === 0 ? [] : await play({ name: 'again', files, options: ONCE_MORE });
rmSync(folder, { recursive: true });

const last = lastOfEach(first, again);
report('Failed at first, and were played once more:', again.length === 0 ? [] : first);
report('FAILED:', last);
const { passed, failed, skipped } = tallied(last);
console.log(`\n${engines()}`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
