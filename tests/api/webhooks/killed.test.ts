import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundled } from '../../support/bundled.ts';
import { seeded } from '../../support/meetings.ts';
import { Receiver } from '../../support/webhooks.ts';

const PROGRAM = new URL('send-and-wait.ts', import.meta.url).pathname;
const COME = 100;

test('killed four times while it sends, it loses nothing, and what comes twice is the same', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'partyline-hooks-'));
  const receiver = new Receiver();
  const url = await receiver.listen();
  const dice = seeded(7);
  let logged = 0;
  for (let life = 1; life <= 5; life++) {
    const args = [await bundled(PROGRAM), directory, url, String(life), String(COME)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    const messages = receiver.received.length + 1 + ((dice(1)[0] ?? 0) % 8);
    if (life < 5) await receiver.until(() => receiver.received.length >= messages);
    else logged = Number(String(await once(child.stdout, 'data')));
    child.kill('SIGKILL');
    await exited;
  }
  const texts = new Map<number, string>();
  for (const event of receiver.received.flatMap(({ events }) => events)) {
    expect(JSON.stringify(event)).toBe(texts.get(event.number) ?? JSON.stringify(event));
    texts.set(event.number, JSON.stringify(event));
  }
  // Each note of the log is somebody who comes, and the first of them starts the meeting.
  const last = logged + 1;
  expect([...texts.keys()].sort((a, b) => a - b)).toEqual(
    Array.from({ length: last }, (_, n) => n + 1),
  );
  expect(logged).toBeGreaterThan(COME);
  await receiver.close();
  rmSync(directory, { recursive: true });
}, 30_000);
