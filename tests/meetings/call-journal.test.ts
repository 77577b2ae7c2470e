import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CallJournal } from '../../meetings/call-journal.ts';
import { openLmdb } from '../../meetings/store/lmdb.ts';
import type { Store } from '../../meetings/store/store.ts';
import { eventually } from '../support/eventually.ts';

let folder: string;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'partyline-journal-'));
  store = openLmdb(folder, () => 0);
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(gateway = '192.0.2.1:5060') {
  const onError = (error: unknown): never => {
    throw error;
  };
  return CallJournal.open<{ id: string }>({ store, gateway, now: () => 0, onError });
}

test('the next life finds the calls that were up, and not those that ended', async () => {
  const journal = await open();
  expect(journal.leftovers()).toEqual([]);
  for (const id of ['a;from-tag=1', 'b;from-tag=2', 'c;from-tag=3']) journal.add({ id });
  journal.remove('b;from-tag=2');
  await eventually('written', async () => (await open()).leftovers().length === 2);
  const ids = (await open()).leftovers().map(({ id }) => id);
  expect(ids.sort()).toEqual(['a;from-tag=1', 'c;from-tag=3']);
});

test('another gateway on the same store is not concerned', async () => {
  (await open()).add({ id: 'a' });
  await eventually('written', async () => (await open()).leftovers().length === 1);
  expect((await open('192.0.2.2:5060')).leftovers()).toEqual([]);
});
