import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ANNOUNCEMENTS_FOLDER, isAnnouncementName } from '../protocol/http/announcements.ts';
import type { AnnouncementView } from '../protocol/http/announcements.ts';
import { wavSeconds } from './rules/wav-length.ts';

/** Where the sound of a WAV file must have begun. */
const HEAD_BYTES = 4_096;

/** The operator's own recordings that can be played into a room; looked at anew each time. */
export class Announcements {
  readonly #folder: string;

  /** `promptsDir`: the operator's own prompts. */
  constructor(promptsDir: string) {
    this.#folder = join(promptsDir, ANNOUNCEMENTS_FOLDER);
  }

  /** By name. Files that are no WAV, or are called otherwise than announcements are, are left out. */
  async list(): Promise<readonly AnnouncementView[]> {
    const files = (await filesIn(this.#folder)).filter((file) => file.endsWith('.wav'));
    const names = files.map((file) => file.slice(0, -'.wav'.length)).filter(isAnnouncementName);
    const found = await Promise.all(names.sort().map((name) => this.#view(name)));
    return found.filter((view) => view !== undefined);
  }

  async #view(name: string): Promise<AnnouncementView | undefined> {
    const file = await open(join(this.#folder, `${name}.wav`)).catch(absent);
    if (file === undefined) return undefined;
    try {
      const { size } = await file.stat();
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      const seconds = wavSeconds(buffer.subarray(0, bytesRead), size);
      return seconds === undefined ? undefined : { name, seconds: Math.round(seconds * 10) / 10 };
    } finally {
      await file.close();
    }
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(absent)) ?? [];
}

/** Whoever has no announcements need not have the folder. */
function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
