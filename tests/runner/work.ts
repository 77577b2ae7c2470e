import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { played, type Played, type VitestReport } from './report.ts';

/**
 * Who gets the processor, and who the screen: what goes `first` has both; what goes `beside` it is shown
 * once it has ended; so is what goes `behind`, which has only the time that calls leave while they wait.
 */
export type Turn = 'first' | 'beside' | 'behind';

const NICER = ['nice', '-n', '19'] as const;

/** Runs a script of ours that checks the sources, behind; it counts as one test. */
export async function check(script: string): Promise<Played> {
  const { isOk, printed } = await run(['npm', 'run', '--silent', script], 'behind');
  console.log(`\n== ${script}\n${printed}`);
  const faults = isOk ? [] : [{ test: script, why: printed }];
  return { file: 'sources', isFile: false, passed: isOk ? 1 : 0, skipped: 0, faults };
}

/** Some of the test files, and how vitest is to run them. */
export interface Suite {
  readonly name: string;
  readonly files: readonly string[];
  readonly options: readonly string[];
}

/** Runs vitest on the suite's files; what it came to, file by file. `folder` is for the report. */
export async function suite(
  { name, files, options }: Suite,
  turn: Turn,
  folder: string,
): Promise<Played[]> {
  const report = join(folder, `${name}.json`);
  const args = [...files, ...options];
  const title = `\n== ${name}: vitest run ${args.join(' ')}`;
  console.log(turn === 'first' ? title : `${title}\n(shown when it is done)`);
  const startedAt = Date.now();
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { isOk, printed } = await run(['npx', 'vitest', 'run', ...args, ...reporters], turn);
  if (turn !== 'first') console.log(`${title}\n${printed}`);
  console.log(`== ${name} took ${Math.round((Date.now() - startedAt) / 1000)} s`);
  const results = existsSync(report)
    ? played(JSON.parse(readFileSync(report, 'utf8')) as VitestReport)
    : [];
  if (isOk || results.some(({ faults }) => faults.length > 0)) return results;
  return [...results, { file: name, isFile: false, passed: 0, skipped: 0, faults: [OUTSIDE] }];
}

/** Vitest fails a run for what is thrown where no test awaits it, and when it dies itself. */
const OUTSIDE = { test: '(outside its tests)', why: 'see what it printed' } as const;

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
