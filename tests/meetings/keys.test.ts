import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { adminKey, signingKeys } from '../../meetings/keys.ts';
import { openLmdb } from '../../meetings/store/lmdb.ts';
import { seeded } from '../support/meetings.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'partyline-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('the administrator’s key is made once, kept for its owner alone, and the same ever after', () => {
  const data = join(directory, 'data');
  const first = adminKey(undefined, data, seeded(1));
  expect(first).toMatchObject({ made: true, key: expect.stringMatching(/^[\w-]{32}$/) as string });
  expect(statSync(join(data, 'admin-key')).mode & 0o777).toBe(0o600);
  expect(adminKey(undefined, data, seeded(2))).toEqual({ key: first.key, made: false });
  expect(readFileSync(join(data, 'admin-key'), 'utf8')).toBe(`${first.key}\n`);
});

test('a key from the settings is taken as it is and not written down', () => {
  const key = 'sixteen-letters!';
  expect(adminKey(key, directory, seeded(1))).toEqual({ key, made: false });
  expect(() => statSync(join(directory, 'admin-key'))).toThrow('ENOENT');
});

test.each(['', 'short', 'with a blank inside it', 'umlaut-ü-umlaut-ü'])('%j is refused', (key) => {
  expect(() => adminKey(key, directory, seeded(1))).toThrow('ADMIN_KEY must have 16 characters');
});

test('an emptied key file is told, not taken', () => {
  writeFileSync(join(directory, 'admin-key'), '\n');
  expect(() => adminKey(undefined, directory, seeded(1))).toThrow('must have 16 characters');
});

test('signing keys are made once for a store, whoever comes first', async () => {
  const store = openLmdb(directory, () => 0);
  const [one, two] = await Promise.all([
    signingKeys(store, seeded(1)),
    signingKeys(store, seeded(2)),
  ]);
  expect(one).toEqual(two);
  expect(one.tokens).not.toBe(one.codes);
  expect(await signingKeys(store, seeded(3))).toEqual(one);
  await store.close();
});
