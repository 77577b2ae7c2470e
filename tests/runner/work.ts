import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What was counted so far. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Who gets the processor, and who the screen: what goes `first` has both; what goes `beside` it is shown
 * once it has ended; so is what goes `behind`, which has only the time that calls leave while they wait.
 */
export type Turn = 'first' | 'beside' | 'behind';

const NICER = ['nice', '-n', '10'] as const;

/** Runs a script of ours that checks the sources, behind; it counts as one test. */
export async function check(script: string, tally: Tally): Promise<void> {
  const { isOk, printed } = await run(['npm', 'run', '--silent', script], 'behind');
  console.log(`\n== ${script}\n${printed}`);
  if (isOk) tally.passed += 1;
  else tally.failed += 1;
}

/** Some of the test files, and how vitest is to run them. */
export interface Suite {
  readonly name: string;
  readonly args: readonly string[];
}

/** Runs vitest on some of the files and adds up what its report says; `folder` is for the report. */
export async function suite(
  { name, args }: Suite,
  turn: Turn,
  folder: string,
  tally: Tally,
): Promise<void> {
  const report = join(folder, `${name}.json`);
  const title = `\n== ${name}: vitest run ${args.join(' ')}`;
  console.log(turn === 'first' ? title : `${title}\n(shown when it is done)`);
  const startedAt = Date.now();
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { isOk, printed } = await run(['npx', 'vitest', 'run', ...args, ...reporters], turn);
  if (turn !== 'first') console.log(`${title}\n${printed}`);
  console.log(`== ${name} took ${Math.round((Date.now() - startedAt) / 1000)} s`);
  const counts = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Counts) : NONE;
  tally.passed += counts.numPassedTests;
  tally.skipped += counts.numPendingTests;
  // A file that could not even be loaded has no tests to count, yet it failed.
  tally.failed += Math.max(counts.numFailedTests, isOk ? 0 : 1);
}

/** Of vitest's report. */
interface Counts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
}

const NONE: Counts = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };

async function run(
  command: readonly string[],
  turn: Turn,
): Promise<{ readonly isOk: boolean; readonly printed: string }> {
  const [program = '', ...args] = turn === 'behind' ? [...NICER, ...command] : command;
  const out = turn === 'first' ? 'inherit' : 'pipe';
  const child = spawn(program, args, { stdio: ['ignore', out, out] });
  const printed: Buffer[] = [];
  for (const output of [child.stdout, child.stderr])
    output?.on('data', (chunk: Buffer) => printed.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { isOk: code === 0, printed: Buffer.concat(printed).toString() };
}
