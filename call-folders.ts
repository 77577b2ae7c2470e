import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from './config.ts';

/** Folders that FreeSWITCH writes to, absolute. */
export interface CallFolders {
  /** Names that callers say, for as long as their call is up. */
  readonly callSoundsDir: string;
  /** Absent where meetings are not recorded. */
  readonly recordingsDir?: string;
}

const OURS_ALONE = 0o700;
/** For us and FreeSWITCH, which is another user in the same group; what it writes stays in that group. */
const THE_GROUPS = 0o2770;

/** Makes them where there are none; rights that somebody gave one are left as they are. */
export function openCallFolders({ dataDir, callFilesDir, recording }: Config): CallFolders {
  const mode = callFilesDir === undefined ? OURS_ALONE : THE_GROUPS;
  const parent = resolve(callFilesDir ?? dataDir);
  const callSoundsDir = made(join(parent, 'calls'), mode);
  return recording
    ? { callSoundsDir, recordingsDir: made(join(parent, 'recordings'), mode) }
    : { callSoundsDir };
}

/** By chmod: the umask of a service leaves nothing to a group. */
function made(folder: string, mode: number): string {
  if (existsSync(folder)) return folder;
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, mode);
  return folder;
}
