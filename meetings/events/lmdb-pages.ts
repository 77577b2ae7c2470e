import type { Note } from '../../protocol/room/feed.ts';
import { openLmdbFiles } from '../store/lmdb.ts';
import { ALL, SWEEP_EVERY_MS, SWEPT_AT_ONCE } from './event-log.ts';
import type { LoggedEvent, LogPage, Retention } from './event-log.ts';

/** Events lie under their numbers; under 0 lies the last number of a log that was emptied. */
type Place = [meeting: string, seq: number];
type Kept = { readonly atMs: number; readonly note: Note } | { readonly emptiedAt: number };

type Put = (meeting: string, note: Note) => LoggedEvent;

type Files = ReturnType<typeof openLmdbFiles<Kept, Place>>;

interface Reach {
  readonly first: number;
  readonly last: number;
}

/** Opens the files of the log, and throws away what is too old. */
export function openLogFiles(directory: string, retention: Retention): LogFiles {
  return new LogFiles(openLmdbFiles<Kept, Place>(directory), retention);
}

/** The logs of all meetings as LMDB keeps them, for one process. */
export class LogFiles {
  readonly #database: Files;
  readonly #retention: Retention;
  /** How far each log reaches that was asked for since we began. */
  readonly #reaches = new Map<string, Reach>();
  /** As they will be when the transaction that is being made is kept. */
  readonly #moving = new Map<string, Reach>();
  #sweptAtMs = -Infinity;

  constructor(database: Files, retention: Retention) {
    this.#database = database;
    this.#retention = retention;
  }

  page(meeting: string, from: number, limit: number): LogPage {
    const { first, last } = this.#known(meeting);
    const start = Math.max(from, first);
    const end = Math.min(start + limit - 1, last);
    const events: LoggedEvent[] = [];
    for (const { key, value } of this.#database.getRange({
      start: [meeting, start],
      end: [meeting, end + 1],
    }))
      if ('note' in value) events.push({ meeting, seq: key[1], ...value });
    return { events, first, last };
  }

  /**
   * All that `fill` puts is kept, or nothing of it and this rejects. Pages show it from the moment
   * on that `onKept` is called in.
   */
  async transaction<T>(nowMs: number, fill: (put: Put) => T, onKept: (filled: T) => void) {
    const filled: T[] = [];
    try {
      await this.#database.batch(() => {
        this.#sweepWhenDue(nowMs);
        filled.push(fill((meeting, note) => this.#put(meeting, note, nowMs)));
      });
      for (const [meeting, reach] of this.#moving) this.#reaches.set(meeting, reach);
    } finally {
      this.#moving.clear();
    }
    for (const each of filled) onKept(each);
  }

  async close(): Promise<void> {
    await this.#database.close();
  }

  #put(meeting: string, note: Note, atMs: number): LoggedEvent {
    const reach = this.#reach(meeting);
    const seq = reach.last + 1;
    void this.#database.put([meeting, seq], { atMs, note });
    this.#moving.set(meeting, { ...reach, last: seq });
    this.#trim(meeting);
    return { meeting, seq, atMs, note };
  }

  /** Two for one, so that a log comes down to its measure that was made smaller. */
  #trim(meeting: string): void {
    const { first, last } = this.#reach(meeting);
    const { all, perMeeting } = this.#retention;
    const surplus = last - first + 1 - (meeting === ALL ? all : perMeeting);
    const gone = Math.min(2, Math.max(0, surplus));
    for (let seq = first; seq < first + gone; seq++) void this.#database.remove([meeting, seq]);
    this.#moving.set(meeting, { first: first + gone, last });
  }

  #reach(meeting: string): Reach {
    return this.#moving.get(meeting) ?? this.#known(meeting);
  }

  #known(meeting: string): Reach {
    const known = this.#reaches.get(meeting);
    if (known) return known;
    const reach = this.#found(meeting);
    this.#reaches.set(meeting, reach);
    return reach;
  }

  #found(meeting: string): Reach {
    const [newest] = this.#entries([meeting, Infinity], [meeting], true);
    if (newest === undefined) return { first: 1, last: 0 };
    if ('emptiedAt' in newest.value)
      return { first: newest.value.emptiedAt + 1, last: newest.value.emptiedAt };
    const [oldest] = this.#entries([meeting, 1], [meeting, Infinity]);
    return { first: (oldest ?? newest).key[1], last: newest.key[1] };
  }

  #entries(start: unknown[], end: unknown[], reverse = false) {
    const range = { start, end, reverse, limit: 1 } as unknown as { start: Place; end: Place };
    return this.#database.getRange(range);
  }

  #sweepWhenDue(nowMs: number): void {
    if (nowMs - this.#sweptAtMs < SWEEP_EVERY_MS) return;
    this.#sweptAtMs = nowMs;
    for (const meeting of [...this.#meetings()]) this.#sweep(meeting, nowMs - this.#retention.ms);
  }

  /** Goes from each log to the next, and over nothing between. */
  *#meetings(): Generator<string> {
    let [found] = this.#entries([''], [END]);
    while (found !== undefined) {
      const [meeting] = found.key;
      yield meeting;
      [found] = this.#entries([meeting, Infinity], [END]);
    }
  }

  #sweep(meeting: string, beforeMs: number): void {
    const { first, last } = this.#reach(meeting);
    let next = first;
    let isRemoved = false;
    for (const { key, value } of this.#database.getRange({
      start: [meeting, first],
      end: [meeting, last + 1],
      limit: SWEPT_AT_ONCE,
    })) {
      if (!('note' in value) || value.atMs >= beforeMs) break;
      void this.#database.remove(key);
      next = key[1] + 1;
      isRemoved = value.note.kind === 'meeting-removed';
    }
    this.#moving.set(meeting, { first: next, last });
    if (next > last && last > 0) this.#emptied(meeting, last, isRemoved);
  }

  /** Its numbers go on where they were, unless the meeting is gone for good. */
  #emptied(meeting: string, last: number, isRemoved: boolean): void {
    if (isRemoved) void this.#database.remove([meeting, 0]);
    else void this.#database.put([meeting, 0], { emptiedAt: last });
  }
}

/** Behind every name of a meeting. */
const END = '\uffff';
