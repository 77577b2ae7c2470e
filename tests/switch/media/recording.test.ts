import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseWav } from '../../../switch/media/dsp/wav.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'partyline-recording-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** Records for ever, saying each full second that the disk has. */
const PROGRAM = (module: string, path: string) => `
  import { Recording } from ${JSON.stringify(module)};
  import { statSync } from 'node:fs';
  const recording = await Recording.begin({ path: ${JSON.stringify(path)}, sampleRateHz: 8000 }, () => undefined);
  setInterval(() => {
    for (let n = 0; n < 25; n++) recording.add(new Int16Array(160).fill(77));
    console.log(statSync(${JSON.stringify(path)}).size);
  }, 20);
`;

test('a recording whose process is killed plays up to its last second', async () => {
  const path = join(directory, 'killed.wav');
  const module = new URL('../../../switch/media/recording.ts', import.meta.url).href;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', PROGRAM(module, path)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for await (const line of child.stdout) {
    if (Number.parseInt(String(line), 10) > 44 + 5 * 16_000) break;
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  const bytes = await readFile(path);
  const wav = parseWav(bytes);
  expect(wav?.samples.length).toBeGreaterThanOrEqual(5 * 8000);
  expect(bytes.readUInt32LE(40)).toBeGreaterThanOrEqual(bytes.length - 44 - 16_000);
  expect(wav?.samples.every((sample) => sample === 77)).toBe(true);
});
