/**
 * `npm test`: format, lint, types, then every test; ends with `N passed, N failed, N skipped`.
 * Installs the Debian programs that tests call, where it may; otherwise names what is missing.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPages } from './support/build-pages.ts';
import { engines } from './runner/engines.ts';
import { provide } from './runner/programs.ts';
import { bundled } from './support/bundled.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** Flows start it, some thirty at a time: built once, before they ask for it. */
const MAIN = join(import.meta.dirname, '../main.ts');

const CHECKS = ['format:check', 'lint', 'types'] as const;

/** Sound is measured in it to the millisecond: it has the machine to itself. */
const ALONE = 'tests/flows/audio-quality.test.ts';

/** Each of these works a browser. */
const PAGES = 'tests/web-phone/*.test.ts';
/** What the machine's other work spoiled is played once more, and the report says so; twice is a fault. */
const IN_REAL_TIME = '--retry=1';

/**
 * Tests mostly wait for sockets, speech and audio in real time, and one at a time would leave one of
 * two cores idle. Browsers take most of a core each, and flows start phones and browsers of their own:
 * two at a time. The conformance scenes wait longest of all, so they go with the flows. To load our
 * modules anew for each file would double what the others take; none of them keeps anything in a module.
 */
const SUITES = [
  [
    '--exclude',
    'tests/{flows,conformance}/**',
    '--exclude',
    PAGES,
    '--no-isolate',
    '--maxWorkers=4',
  ],
  ['tests/web-phone/', '--exclude', 'tests/web-phone/*/**', '--maxWorkers=2', IN_REAL_TIME],
  ['tests/flows/', 'tests/conformance/', '--exclude', ALONE, '--maxWorkers=2', IN_REAL_TIME],
  [ALONE, IN_REAL_TIME],
] as const;

async function run(command: string, args: readonly string[]): Promise<boolean> {
  const [code] = (await once(spawn(command, args, { stdio: 'inherit' }), 'close')) as [number];
  return code === 0;
}

/** What it printed is shown once it ended, since all of them run at once. */
async function check(script: string, tally: Tally): Promise<void> {
  const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: Buffer[] = [];
  for (const output of [child.stdout, child.stderr])
    output.on('data', (chunk: Buffer) => printed.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  console.log(`\n== ${script}\n${Buffer.concat(printed).toString()}`);
  if (code === 0) tally.passed += 1;
  else tally.failed += 1;
}

/** Runs vitest on some of the files and adds up what its report says. */
async function suite(args: readonly string[], folder: string, tally: Tally): Promise<void> {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  console.log(`\n== vitest run ${args.join(' ')}`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const ok = await run('npx', ['vitest', 'run', ...args, ...reporters]);
  const counts = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numFailedTestSuites: number;
  };
  tally.passed += counts.numPassedTests;
  tally.skipped += counts.numPendingTests;
  // A file that could not even be loaded has no tests to count, yet it failed.
  tally.failed += Math.max(counts.numFailedTests, ok ? 0 : 1);
}

const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(join(tmpdir(), 'partyline-test-'));
provide();
console.log(engines());
const pages = join(folder, 'pages');
process.env.PARTYLINE_PAGES = pages;
await Promise.all([
  ...CHECKS.map((script) => check(script, tally)),
  bundled(MAIN),
  buildPages(pages),
]);
for (const args of SUITES) await suite(args, folder, tally);
rmSync(folder, { recursive: true });
console.log(engines());
console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
process.exitCode = tally.failed === 0 ? 0 : 1;
