import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggedEvent } from './event-log.ts';

/** A journal that has grown so far is emptied before it takes more. */
const FULL_BYTES = 4 * 1_024 * 1_024;
const OURS_ALONE = 0o600;

/**
 * What was appended and may not be in the files yet: a line of JSON for each write, never waited for
 * until it is on the disk. The system has it, so it survives `kill -9`; a loss of power may take it.
 */
export class Journal {
  readonly #file: Promise<FileHandle>;
  #length = 0;

  /** Begins empty: what was in it has to be read before. */
  constructor(directory: string) {
    this.#file = emptied(placeOf(directory));
    // Whoever writes is told.
    this.#file.catch(() => undefined);
  }

  get isFull(): boolean {
    return this.#length >= FULL_BYTES;
  }

  /** One write at a time. Where it rejects, nothing of it stays. */
  async write(events: readonly LoggedEvent[]): Promise<void> {
    const file = await this.#file;
    const line = Buffer.from(`${JSON.stringify(events)}\n`);
    try {
      await file.appendFile(line);
    } catch (error) {
      await file.truncate(this.#length);
      throw error;
    }
    this.#length += line.length;
  }

  /** The files have it all. */
  async clear(): Promise<void> {
    await (await this.#file).truncate(0);
    this.#length = 0;
  }

  async close(): Promise<void> {
    await (await this.#file).close();
  }
}

/** What is written to it goes to its end, wherever that is. */
async function emptied(place: string): Promise<FileHandle> {
  const file = await open(place, 'a', OURS_ALONE);
  await file.truncate(0);
  return file;
}

/** What an earlier life left, in its order. A line that was not finished was promised to nobody. */
export function leftInJournal(directory: string): readonly LoggedEvent[] {
  const found: LoggedEvent[] = [];
  for (const line of textOf(placeOf(directory)).split('\n').slice(0, -1)) {
    const events = eventsIn(line);
    if (events === undefined) break;
    found.push(...events);
  }
  return found;
}

/** Beside the files of the log. */
export function placeOf(directory: string): string {
  return join(directory, 'journal');
}

function textOf(place: string): string {
  try {
    return readFileSync(place, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** A loss of power may leave anything behind what was on the disk. */
function eventsIn(line: string): readonly LoggedEvent[] | undefined {
  try {
    return JSON.parse(line) as readonly LoggedEvent[];
  } catch {
    return undefined;
  }
}
