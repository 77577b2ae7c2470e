import type { Note } from '../../protocol/room/feed.ts';
import { StoreUnavailable } from '../store/store.ts';
import { Listeners } from './listeners.ts';
import { ALL, checkMeeting, RETENTION } from './event-log.ts';
import type { EventLog, LoggedEvent, LogPage, LogSettings } from './event-log.ts';
import { openLogFiles } from './lmdb-pages.ts';
import type { LogFiles } from './lmdb-pages.ts';

interface Asked {
  readonly meeting: string;
  readonly notes: readonly Note[];
  readonly done: (logged: readonly LoggedEvent[]) => void;
  readonly failed: (error: Error) => void;
}

/** What one request made: its own events, and what is told of them. */
interface Numbered {
  readonly asked: Asked;
  readonly own: readonly LoggedEvent[];
  readonly told: readonly LoggedEvent[];
}

/**
 * The event log of one process: LMDB files beside the store's. What comes in one turn, and while an
 * earlier write is under way, is one transaction.
 */
export function openLmdbLog(directory: string, settings: LogSettings): EventLog {
  return new LmdbLog(openLogFiles(directory, settings.retention ?? RETENTION), settings);
}

class LmdbLog implements EventLog {
  readonly #files: LogFiles;
  readonly #now: () => number;
  readonly #listeners: Listeners;
  #asked: Asked[] = [];
  #writing: Promise<void> | undefined;

  constructor(files: LogFiles, { now, log }: LogSettings) {
    this.#files = files;
    this.#now = now;
    this.#listeners = new Listeners(log);
  }

  append(meeting: string, notes: readonly Note[]): Promise<readonly LoggedEvent[]> {
    checkMeeting(meeting);
    return new Promise((done, failed) => {
      this.#asked.push({ meeting, notes, done, failed });
      this.#writing ??= this.#write();
    });
  }

  read(meeting: string, from: number, limit: number): Promise<LogPage> {
    return Promise.resolve(this.#files.page(checkMeeting(meeting), from, limit));
  }

  subscribe(listener: (event: LoggedEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#files.close();
  }

  async #write(): Promise<void> {
    // What else comes in this turn goes along.
    await Promise.resolve();
    while (this.#asked.length > 0) {
      const asked = this.#asked;
      this.#asked = [];
      await this.#commit(asked);
    }
    this.#writing = undefined;
  }

  /** Numbers are given here, one transaction after another, so that one that fails leaves no gap. */
  async #commit(all: readonly Asked[]): Promise<void> {
    const fill = (put: Parameters<typeof numberedBy>[0]) =>
      all.map((asked) => numberedBy(put, asked));
    try {
      await this.#files.transaction(this.#now(), fill, (numbered) => this.#kept(numbered));
    } catch (cause) {
      const error = new StoreUnavailable('The event log did not take the write', { cause });
      for (const { failed } of all) failed(error);
    }
  }

  #kept(numbered: readonly Numbered[]): void {
    for (const { asked, own, told } of numbered) {
      this.#listeners.tell(told);
      asked.done(own);
    }
  }
}

function numberedBy(put: (meeting: string, note: Note) => LoggedEvent, asked: Asked): Numbered {
  const own: LoggedEvent[] = [];
  const told: LoggedEvent[] = [];
  for (const note of asked.notes) {
    const event = put(asked.meeting, note);
    own.push(event);
    told.push(event);
    if (asked.meeting !== ALL) told.push(put(ALL, note));
  }
  return { asked, own, told };
}
