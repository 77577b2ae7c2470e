/**
 * Copies what Partyline keeps, while it runs:
 *   node --import tsx meetings/backup.ts DATA_DIR FOLDER
 * makes FOLDER/partyline-<time>/ with the store, the event log and the admin key, for our own eyes, and prints its name.
 */
import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf } from './events/journal.ts';
import { copyLmdb } from './store/lmdb.ts';

async function backUp(dataDir: string, folder: string, now: Date): Promise<string> {
  const store = join(dataDir, 'store');
  if (!existsSync(join(store, 'data.mdb'))) throw new Error(`${dataDir} holds no store.`);
  const to = join(folder, `partyline-${now.toISOString().replaceAll(':', '-')}`);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  // Before the files: what goes from it meanwhile is in them.
  copyJournal(join(dataDir, 'events'), join(to, 'events'));
  for (const name of ['store', 'events']) {
    if (!existsSync(join(dataDir, name, 'data.mdb'))) continue;
    await copyLmdb(join(dataDir, name), join(to, name));
    chmodSync(join(to, name, 'data.mdb'), 0o600);
  }
  const key = join(dataDir, 'admin-key');
  if (existsSync(key)) copyFileSync(key, join(to, 'admin-key'));
  return to;
}

function copyJournal(events: string, to: string): void {
  if (!existsSync(placeOf(events))) return;
  mkdirSync(to, { mode: 0o700 });
  copyFileSync(placeOf(events), placeOf(to));
}

const [dataDir, folder] = process.argv.slice(2);
if (dataDir === undefined || folder === undefined) {
  process.stderr.write('Usage: node --import tsx meetings/backup.ts DATA_DIR FOLDER\n');
  process.exit(64);
}
try {
  process.stdout.write(`${await backUp(dataDir, folder, new Date())}\n`);
} catch (error) {
  process.stderr.write(`No backup: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
