import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GENESIS, linked } from '../../../meetings/rules/audit.ts';
import { signedHeaders } from '../../../meetings/rules/webhooks/signature.ts';
import { EVENT_TYPES } from '../../../protocol/http/webhooks.ts';
import { freePort } from '../../support/free-port.ts';

const PAGES = new URL('../../../docs/', import.meta.url);
const WEBHOOKS = readFileSync(new URL('webhooks.md', PAGES), 'utf8');
const AUDIT = readFileSync(new URL('audit.md', PAGES), 'utf8');
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const hasPython = spawnSync('python3', ['--version']).status === 0;

let directory: string;
let children: ChildProcess[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'partyline-docs-'));
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  rmSync(directory, { recursive: true });
});

/** The program that a page shows in that language. */
function shown(page: string, language: string): string {
  const code = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];
  if (code === undefined) throw new Error(`no ${language}`);
  return code;
}

async function started(language: 'js' | 'python', program: string) {
  const file = join(directory, language === 'js' ? 'receiver.mjs' : 'receiver.py');
  writeFileSync(file, shown(WEBHOOKS, language));
  const port = await freePort();
  const env = { ...process.env, WEBHOOK_SECRET: SECRET, PORT: String(port) };
  const child = spawn(program, [file], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const said = async () => (await lines.next()).value as string;
  expect(await said()).toBe('listening');
  return { url: `http://127.0.0.1:${port}/`, said };
}

const body = '{"webhook":"w","delivery":1,"events":[{"number":5,"type":"participant.joined"}]}';
const post = async (url: string, secrets: readonly string[], sent = body, nowMs = Date.now()) => {
  const headers = signedHeaders({ id: 'w.1', body }, secrets, nowMs);
  return (await fetch(url, { method: 'POST', body: sent, headers })).status;
};
const OTHER = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;

for (const [language, program, skipped] of [
  ['js', process.execPath, false],
  ['python', 'python3', !hasPython],
] as const)
  test.skipIf(skipped)(
    `the receiver in ${language} that the page shows takes ours and nobody else’s`,
    async () => {
      const { url, said } = await started(language, program);
      expect(await post(url, [OTHER])).toBe(401);
      expect(await post(url, [SECRET], body.replace('5', '6'))).toBe(401);
      expect(await post(url, [SECRET], body, Date.now() - 600_000)).toBe(401);
      expect(await post(url, [OTHER, SECRET])).toBe(204);
      expect(await said()).toBe('5 participant.joined');
    },
    20_000,
  );

test('the page names every event', () => {
  for (const type of EVENT_TYPES) expect(WEBHOOKS).toContain(`\`${type}\``);
});

test('the check of an export that the page shows finds a changed entry', () => {
  const program = join(directory, 'check.mjs');
  writeFileSync(program, shown(AUDIT, 'js'));
  const file = join(directory, 'audit.jsonl');
  const act = { who: 'admin key', from: '192.0.…', act: 'POST /meetings', outcome: 'done' };
  const first = linked(act, GENESIS, 1_000);
  const lines = [first, linked({ ...act, detail: 'name' }, first, 2_000)].map((entry) =>
    JSON.stringify(entry),
  );
  const check = (text: string) => {
    writeFileSync(file, text);
    return spawnSync(process.execPath, [program, file], { encoding: 'utf8' });
  };
  expect(check(lines.join('\n')).stdout).toBe('whole\n');
  expect(check(lines.join('\n').replace('"name"', '"lobby"')).stderr).toContain('entry 2');
  expect(check([...lines].reverse().join('\n')).stderr).toContain('entry 1');
});
