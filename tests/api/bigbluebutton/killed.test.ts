import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundled } from '../../support/bundled.ts';
import { Listener } from '../../support/callbacks.ts';

const PROGRAM = new URL('call-and-wait.ts', import.meta.url).pathname;
const WRITTEN = 300;
const LIVES = 3;

test('killed while callbacks wait, it takes all of them out in order; only the last one may come twice', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'partyline-callbacks-'));
  const listener = await Listener.open();
  listener.status = 500;
  const texts = () => listener.heard.map(({ body }) => Number(body));
  const starts: number[] = [];
  for (let life = 1; life <= LIVES; life++) {
    const args = [await bundled(PROGRAM), directory, listener.url];
    const written = life === 1 ? [String(WRITTEN)] : ['0'];
    const child = spawn(process.execPath, [...args, ...written], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    if (life === 1) await expect.poll(texts, { timeout: 10_000 }).toContain(0);
    const before = listener.heard.length;
    starts.push(before);
    listener.status = 200;
    const until = life < LIVES ? () => listener.heard.length > before + 20 : () => isLast(texts());
    await expect.poll(until, { interval: 2, timeout: 10_000 }).toBe(true);
    child.kill('SIGKILL');
    await exited;
  }
  const heard = texts();
  expect(heard.filter((n, at) => n !== heard[at - 1])).toEqual(
    Array.from({ length: WRITTEN }, (_, n) => n),
  );
  // Once for the try that was refused, and once for each death.
  expect(heard.length - WRITTEN).toBeLessThanOrEqual(1 + LIVES);
  expect(starts).toHaveLength(LIVES);
  await listener.close();
  rmSync(directory, { recursive: true });
}, 40_000);

function isLast(texts: readonly number[]): boolean {
  return texts.at(-1) === WRITTEN - 1;
}
