/**
 * `npm test`: format, lint, types, then every test; ends with `N passed, N failed, N skipped`.
 * Installs the Debian programs that tests call, where it may; otherwise names what is missing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engines } from './runner/engines.ts';
import { provide } from './runner/programs.ts';
import { check, suite, type Suite, type Tally } from './runner/work.ts';
import { buildPages } from './support/build-pages.ts';
import { bundled } from './support/bundled.ts';

/** Flows start it, some thirty at a time: built once, before they ask for it. */
const MAIN = join(import.meta.dirname, '../main.ts');

const CHECKS = ['format:check', 'lint', 'types'] as const;

/** What the machine's other work spoiled is played once more, and the report says so; twice is a fault. */
const IN_REAL_TIME = '--retry=1';
/** To load our modules anew for each file would double what many take; none keeps anything in a module. */
const TOGETHER = '--no-isolate';

/** Sound is measured in it to the millisecond: it has the machine to itself. */
const ALONE: Suite = {
  name: 'sound',
  args: ['tests/flows/audio-quality.test.ts', IN_REAL_TIME],
};

/** They mostly wait for speech and sound in real time; with three at once a busy machine drops sound of theirs. */
const FLOWS: Suite = {
  name: 'flows',
  args: [
    'tests/flows/',
    'tests/conformance/',
    '--exclude',
    'tests/flows/audio-quality.test.ts',
    '--maxWorkers=2',
    IN_REAL_TIME,
  ],
};

/** Each of these works a browser, which takes most of a core: more pages at once only come to their time limits. */
const PAGES: Suite = {
  name: 'pages',
  args: [
    'tests/web-phone/',
    '--exclude',
    'tests/web-phone/*/**',
    '--maxWorkers=2',
    '--maxConcurrency=2',
    TOGETHER,
    IN_REAL_TIME,
  ],
};

const UNITS: Suite = {
  name: 'units',
  args: [
    '--exclude',
    'tests/{flows,conformance}/**',
    '--exclude',
    'tests/web-phone/*.test.ts',
    '--maxWorkers=2',
    TOGETHER,
  ],
};

const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(join(tmpdir(), 'partyline-test-'));
const pages = join(folder, 'pages');
process.env.PARTYLINE_PAGES = pages;
provide();
console.log(engines());

const checks = Promise.all(CHECKS.map((script) => check(script, tally)));
await Promise.all([bundled(MAIN), buildPages(pages)]);
await Promise.all([checks, suite(FLOWS, 'first', folder, tally)]);
await Promise.all([suite(PAGES, 'beside', folder, tally), suite(UNITS, 'first', folder, tally)]);
await suite(ALONE, 'first', folder, tally);

rmSync(folder, { recursive: true });
console.log(engines());
console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
process.exitCode = tally.failed === 0 ? 0 : 1;
