import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ALL } from '../../../meetings/events/event-log.ts';
import { openLmdbLog } from '../../../meetings/events/lmdb-log.ts';
import { openLmdb } from '../../../meetings/store/lmdb.ts';
import { StoreUnavailable } from '../../../meetings/store/store.ts';

let folder: string;
const uncaught = vi.fn();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'partyline-closed-'));
  uncaught.mockClear();
  process.on('uncaughtException', uncaught);
});

afterEach(() => {
  process.off('uncaughtException', uncaught);
  rmSync(folder, { recursive: true });
});

/** lmdb throws from a timer of 0 ms, which is due once this many turns have passed. */
async function afterTimers(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  await turn();
}

test('who asks the store while it closes hears that it is closed, and nothing else breaks', async () => {
  const store = openLmdb(folder, Date.now);
  await store.put('a', { value: 1 });
  expect(await store.get('a')).toBe(1);
  const last = store.put('b', { value: 2 });
  const closed = store.close();
  const asked = [
    () => store.get('a'),
    () => store.list('a'),
    () => store.put('c', { value: 3 }),
    () => store.create('d', { value: 4 }),
    () => store.update('a', () => ({ value: 5 })),
    () => store.delete('a'),
  ];
  for (const ask of asked) await expect(ask()).rejects.toBeInstanceOf(StoreUnavailable);
  await Promise.all([last, closed]);
  await expect(store.get('a')).rejects.toBeInstanceOf(StoreUnavailable);
  await afterTimers();
  expect(uncaught).not.toHaveBeenCalled();

  const again = openLmdb(folder, Date.now);
  expect(await again.list('')).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  await again.close();
});

test('who reads the event log while it closes hears that it is closed, and nothing else breaks', async () => {
  const log = openLmdbLog(folder, { now: Date.now, log: () => undefined });
  await log.append(ALL, [{ kind: 'alarms-updated' }]);
  const closed = log.close();
  await closed;
  await expect(log.read(ALL, 1, 10)).rejects.toBeInstanceOf(StoreUnavailable);
  await afterTimers();
  expect(uncaught).not.toHaveBeenCalled();
});
