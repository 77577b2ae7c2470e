import type { Log } from '../../protocol/log.ts';
import type { Note } from '../../protocol/room/feed.ts';
import { StoreUnavailable } from '../store/store.ts';
import { Listeners } from './listeners.ts';
import { ALL, checkMeeting, RETENTION } from './event-log.ts';
import type { EventLog, LoggedEvent, LogPage, LogSettings } from './event-log.ts';
import { Journal } from './journal.ts';
import { openLogFiles } from './lmdb-pages.ts';
import type { LogFiles } from './lmdb-pages.ts';

interface Asked {
  readonly meeting: string;
  readonly notes: readonly Note[];
  readonly done: (logged: readonly LoggedEvent[]) => void;
  readonly failed: (error: Error) => void;
}

type Put = (meeting: string, note: Note) => LoggedEvent;

/** What one request made: its own events, and what is told of them. */
interface Numbered {
  readonly asked: Asked;
  readonly own: readonly LoggedEvent[];
  readonly told: readonly LoggedEvent[];
}

/** What is in the journal goes to the files so much later: many events wait for the disk once. */
const STORE_AFTER_MS = 100;

/**
 * The event log of one process: LMDB files beside the store's, and before them a journal, which
 * nobody waits for a disk for. What comes in one turn, and while an earlier write is under way, is
 * one write.
 */
export function openLmdbLog(directory: string, settings: LogSettings): EventLog {
  const files = openLogFiles(directory, settings.retention ?? RETENTION);
  return new LmdbLog({ files, journal: new Journal(directory) }, settings);
}

class LmdbLog implements EventLog {
  readonly #files: LogFiles;
  readonly #journal: Journal;
  readonly #now: () => number;
  readonly #log: Log;
  readonly #listeners: Listeners;
  #asked: Asked[] = [];
  #writing: Promise<void> | undefined;
  #soon: NodeJS.Timeout | undefined;

  constructor(kept: { files: LogFiles; journal: Journal }, { now, log }: LogSettings) {
    this.#files = kept.files;
    this.#journal = kept.journal;
    this.#now = now;
    this.#log = log;
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
    return new Promise((resolve) => resolve(this.#files.page(checkMeeting(meeting), from, limit)));
  }

  subscribe(listener: (event: LoggedEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    await this.#writing;
    clearTimeout(this.#soon);
    await this.#emptyJournal().catch((error: unknown) => this.#notStored(error));
    await this.#journal.close();
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

  /** Numbers are given here, one write after another, so that one that fails leaves no gap. */
  async #commit(all: readonly Asked[]): Promise<void> {
    try {
      const nowMs = this.#now();
      await this.#makeRoom(nowMs);
      const put: Put = (meeting, note) => this.#files.number(meeting, note, nowMs);
      const numbered = all.map((asked) => numberedBy(put, asked));
      await this.#journal.write(numbered.flatMap(({ told }) => told));
      this.#files.keep();
      this.#kept(numbered);
    } catch (cause) {
      this.#files.forget();
      const error = new StoreUnavailable('The event log did not take the write', { cause });
      for (const { failed } of all) failed(error);
    }
  }

  #kept(numbered: readonly Numbered[]): void {
    this.#soon ??= setTimeout(() => this.#store(), STORE_AFTER_MS).unref();
    for (const { asked, own, told } of numbered) {
      this.#listeners.tell(told);
      asked.done(own);
    }
  }

  async #makeRoom(nowMs: number): Promise<void> {
    const isSweepDue = this.#files.isSweepDue(nowMs);
    if (isSweepDue || this.#journal.isFull) await this.#emptyJournal();
    if (isSweepDue) await this.#files.sweep(nowMs);
  }

  async #emptyJournal(): Promise<void> {
    await this.#files.store();
    await this.#journal.clear();
  }

  #store(): void {
    this.#soon = undefined;
    this.#files.store().catch((error: unknown) => this.#notStored(error));
  }

  /** It is tried again with what comes next, and by the next life. */
  #notStored(error: unknown): void {
    this.#log('warn', 'events are in the journal only', { why: String(error) });
  }
}

function numberedBy(put: Put, asked: Asked): Numbered {
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
