import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimDirectory, openDirectory } from '../../../meetings/store/claim.ts';
import { Child } from '../../support/child.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'partyline-claim-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('who comes second is told, and may have it when the first has let go', async () => {
  const first = await claimDirectory(folder);
  await expect(claimDirectory(folder)).rejects.toThrow(/is in use by another Partyline/);
  await first.release();
  expect(readdirSync(folder)).toEqual([]);
  await (await claimDirectory(folder)).release();
});

test('a directory with a long name is claimed as well', async () => {
  const long = join(folder, 'x'.repeat(120), 'y'.repeat(120));
  const claim = await claimDirectory(long);
  await expect(claimDirectory(long)).rejects.toThrow(/in use/);
  await claim.release();
});

test('a process that was killed at once leaves no claim', async () => {
  const script = `import { claimDirectory } from './meetings/store/claim.ts';
    await claimDirectory(process.env.FOLDER); console.log('claimed'); setInterval(() => 0, 1000);`;
  const env = { ...process.env, FOLDER: folder };
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const other = new Child(process.execPath, args, env);
  await other.prints(/claimed/);
  await expect(claimDirectory(folder)).rejects.toThrow(/in use/);
  await other.kill('SIGKILL');
  await (await claimDirectory(folder)).release();
});

test('where nothing can be written it is said in one sentence', () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  expect(() => openDirectory(join(file, 'data'))).toThrow(
    /^DATA_DIR \S+ cannot be written to \(ENOTDIR\): mend its rights, or set another\.$/,
  );
});
