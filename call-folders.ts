import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from './config.ts';

/** Folders that FreeSWITCH writes to, absolute. */
export interface CallFolders {
  /** Names that callers say, for as long as their call is up. */
  readonly callSoundsDir: string;
  /** Absent where meetings are not recorded. */
  readonly recordingsDir?: string;
}

/**
 * Makes them where there are none, for us alone; rights that somebody gave one are left as they are. A
 * FreeSWITCH of another user or machine needs them too: see README, "Settings".
 */
export function openCallFolders({ dataDir, recording }: Config): CallFolders {
  const callSoundsDir = made(join(resolve(dataDir), 'calls'));
  return recording
    ? { callSoundsDir, recordingsDir: made(join(resolve(dataDir), 'recordings')) }
    : { callSoundsDir };
}

function made(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
