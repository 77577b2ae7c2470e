import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLmdb } from '../../meetings/store/lmdb.ts';
import { Child } from '../support/child.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'partyline-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function backUp(...args: string[]): Child {
  return new Child(process.execPath, ['--import', 'tsx', 'meetings/backup.ts', ...args]);
}

test('a backup in the midst of writes is whole, and has all that was there before', async () => {
  const dataDir = join(folder, 'data');
  const store = openLmdb(join(dataDir, 'store'), Date.now);
  writeFileSync(join(dataDir, 'admin-key'), 'a-key-for-tests\n', { mode: 0o600 });
  const text = 'x'.repeat(2_000);
  for (let at = 0; at < 500; at++) await store.put(`before:${at}`, { value: { at, text } });

  const backup = backUp(dataDir, join(folder, 'backups'));
  let written = 0;
  let isOver = false;
  const over = backup.exit().then((code) => {
    isOver = true;
    return code;
  });
  while (!isOver) {
    await Promise.all([
      store.put('pair:left', { value: written }),
      store.put('pair:right', { value: written }),
      store.put(`during:${written}`, { value: { text } }),
    ]);
    written += 1;
  }
  expect(await over).toBe(0);
  // How many depends on the machine.
  expect(written).toBeGreaterThan(1);
  await store.close();

  const copy = backup.printed.trim();
  expect(statSync(copy).mode & 0o077).toBe(0);
  for (const file of ['admin-key', 'store/data.mdb'])
    expect(statSync(join(copy, file)).mode & 0o077).toBe(0);
  const restored = openLmdb(join(copy, 'store'), Date.now);
  const before = await restored.list<{ at: number; text: string }>('before:');
  expect(before).toHaveLength(500);
  expect(before.every(([, value]) => value.text === text)).toBe(true);
  // Written as one, copied as one: the copy is of one moment.
  expect(await restored.get('pair:left')).toBe(await restored.get('pair:right'));
  await restored.close();
});

test('a folder that holds no store is told, and nothing is made', async () => {
  const backup = backUp(folder, join(folder, 'backups'));
  expect(await backup.exit()).toBe(1);
  expect(backup.printed).toMatch(/^No backup: .* holds no store\./);
  expect(existsSync(join(folder, 'backups'))).toBe(false);
});
