import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** No call lasts so long; its name was left by a life of ours that ended without a word. */
const OLD_MS = 24 * 3600 * 1000;
const NAME = /^[0-9a-f-]{36}\.wav$/;

/**
 * Deletes recorded names that belong to nobody any more. A folder that is not there, or is on
 * FreeSWITCH's machine and not on ours, has none.
 */
export async function deleteOldNames(dir: string, nowMs: number): Promise<void> {
  const files = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const file of files.filter((each) => NAME.test(each))) {
    const path = join(dir, file);
    const { mtimeMs } = await stat(path);
    if (nowMs - mtimeMs > OLD_MS) await rm(path, { force: true });
  }
}
