import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

/**
 * The ffmpeg program that plays what is not WAV: the one named, else the one that the optional
 * package ffmpeg-static brought, else one on `path`. None: such files are not playable.
 */
export function findFfmpeg(named: string | undefined, path: string): string | undefined {
  return named ?? packaged() ?? onPath(path);
}

/** ffmpeg-static downloads its program while it is installed; where that failed it names a file that is not there. */
function packaged(): string | undefined {
  try {
    const file: unknown = createRequire(import.meta.url)('ffmpeg-static');
    return typeof file === 'string' && existsSync(file) ? file : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function onPath(path: string): string | undefined {
  const candidates = path.split(delimiter).map((folder) => join(folder, 'ffmpeg'));
  return candidates.find(isProgram);
}

/** A folder on `path` that we may not enter holds no program for us. */
function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG'].includes(code)) return false;
    throw error;
  }
}
