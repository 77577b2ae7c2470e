/** `npm run partyline -- COMMAND`, `npx partyline COMMAND`: Partyline from a terminal, or from a script. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { parseEnv } from 'node:util';
import { run } from './run.ts';

const file = resolve('.env');
const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
const end = new AbortController();
process.once('SIGINT', () => end.abort());

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  // What goes into a file or another program is not cut.
  width: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
  env: { ...fromFile, ...process.env },
  input: () => textOf(process.stdin),
  signal: end.signal,
  nowMs: Date.now(),
});
