import type { Finding } from '../../check/finding.ts';
import { fault, ok, warning } from '../../check/finding.ts';

const MIB = 1024 * 1024;
const LITTLE = 2_048 * MIB;
const NONE = 256 * MIB;

/** Whether a folder has room for what is written there. */
export function diskFinding(folder: string, freeBytes: number): Finding {
  const found = `${folder}: ${Math.floor(freeBytes / MIB)} MiB free`;
  const remedy = 'Make room, or name a folder on another disk.';
  if (freeBytes < NONE) return fault('Disk', found, remedy);
  return freeBytes < LITTLE ? warning('Disk', found, remedy) : ok('Disk', found);
}

/** Whether others on this machine can read what opens everything; `mode` as stat has it. */
export function keyFileFinding(file: string, mode: number): Finding {
  const isOurs = (mode & 0o077) === 0;
  if (isOurs) return ok('Admin key', `${file}: only its owner reads it`);
  return fault('Admin key', `${file}: others on this machine can read it`, `chmod 600 ${file}`);
}
