import type { Log } from '../../protocol/log.ts';
import type { Note } from '../../protocol/room/feed.ts';

/** The log of everything: what is told of any meeting, and what is told of none. */
export const ALL = 'all';

/** What was told of a meeting, under its number. */
export interface LoggedEvent {
  /** A meeting's id, or `ALL`. */
  readonly meeting: string;
  /** From 1 on, by one, in each meeting's log and in that of everything. */
  readonly seq: number;
  /** When it was appended, milliseconds since 1970. */
  readonly atMs: number;
  readonly note: Note;
}

/** Part of a log, and how far the whole of it reaches. */
export interface LogPage {
  readonly events: readonly LoggedEvent[];
  /** The oldest number that is still kept; `last + 1` where none is. */
  readonly first: number;
  /** The newest number that was given; 0 where none was. */
  readonly last: number;
}

/**
 * What happened in meetings, in order and numbered without gaps over restarts and processes. A note
 * is kept before anybody is told of it: what was promised or told survives `kill -9`.
 */
export interface EventLog {
  /**
   * Keeps notes of a meeting, in its own log and in that of everything at once; for `ALL`, in that
   * alone. Resolves to them as they are numbered in `meeting`. Notes that one process appends keep
   * their order. Rejects with `StoreUnavailable` where nothing was promised.
   */
  append(meeting: string, notes: readonly Note[]): Promise<readonly LoggedEvent[]>;
  /** From that number on, at most so many. The listeners here were told of all that it shows. */
  read(meeting: string, from: number, limit: number): Promise<LogPage>;
  /**
   * Tells of everything appended from now on, by whichever process, twice: as its meeting's event
   * and as one of `ALL`. In each log by number; a gap only where more was missed than is kept.
   * Returns how to stop.
   */
  subscribe(listener: (event: LoggedEvent) => void): () => void;
  /** Appends nothing any more; what was promised is kept. */
  close(): Promise<void>;
}

/** How much of each log is kept: what is older or more is pruned. */
export interface Retention {
  /** Events of one meeting. */
  readonly perMeeting: number;
  /** Events of everything. */
  readonly all: number;
  readonly ms: number;
}

/** About 50 MB for the log of everything, and 5 MB for a meeting that had much to tell. */
export const RETENTION: Retention = { perMeeting: 10_000, all: 100_000, ms: 7 * 86_400_000 };

/** So often what is too old is looked for, when something is appended. */
export const SWEEP_EVERY_MS = 3_600_000;
/** So many of one log are thrown away in one look at most. */
export const SWEPT_AT_ONCE = 5_000;

export interface LogSettings {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  /** Absent: `RETENTION`. */
  readonly retention?: Retention;
}

/** A name that could mean something to an engine is a bug of ours. */
export function checkMeeting(meeting: string): string {
  if (!/^[\w-]{1,64}$/.test(meeting)) throw new Error('bad name of a meeting in the event log');
  return meeting;
}
