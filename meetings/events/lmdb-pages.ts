import type { Note } from '../../protocol/room/feed.ts';
import { InTurn } from '../in-turn.ts';
import { openLmdbFiles } from '../store/lmdb.ts';
import { ALL, SWEEP_EVERY_MS, SWEPT_AT_ONCE } from './event-log.ts';
import type { LoggedEvent, LogPage, Retention } from './event-log.ts';
import { leftInJournal } from './journal.ts';
import { Tail } from './tail.ts';

/** Events lie under their numbers; under 0 lies the last number of a log that was emptied. */
type Place = [meeting: string, seq: number];
type Kept = { readonly atMs: number; readonly note: Note } | { readonly emptiedAt: number };

type Files = ReturnType<typeof openLmdbFiles<Kept, Place>>;

interface Reach {
  readonly first: number;
  readonly last: number;
}

/** Opens the files of the log, and takes over what the last life left in its journal. */
export function openLogFiles(directory: string, retention: Retention): LogFiles {
  const files = new LogFiles(openLmdbFiles<Kept, Place>(directory), retention);
  files.takeOver(leftInJournal(directory));
  return files;
}

/** The logs of all meetings as LMDB keeps them, for one process. */
export class LogFiles {
  readonly #files: Files;
  readonly #retention: Retention;
  /** How far each log reaches that was asked for since we began. */
  readonly #reaches = new Map<string, Reach>();
  /** As they will be when what was numbered is kept. */
  readonly #moving = new Map<string, Reach>();
  #numbered: LoggedEvent[] = [];
  #gone: Place[] = [];
  readonly #tail = new Tail();
  readonly #inTurn = new InTurn();
  #sweptAtMs = -Infinity;

  constructor(files: Files, retention: Retention) {
    this.#files = files;
    this.#retention = retention;
  }

  page(meeting: string, from: number, limit: number): LogPage {
    const { first, last } = this.#known(meeting);
    const start = Math.max(from, first);
    const end = Math.min(start + limit - 1, last);
    const tail = this.#tail.between(meeting, start, end);
    const events: LoggedEvent[] = [];
    for (const { key, value } of this.#files.database.getRange({
      start: [meeting, start],
      end: [meeting, tail[0]?.seq ?? end + 1],
    }))
      if ('note' in value) events.push({ meeting, seq: key[1], ...value });
    return { events: [...events, ...tail], first, last };
  }

  /** Gives the next number of that log. Nobody sees it before `keep`. */
  number(meeting: string, note: Note, atMs: number): LoggedEvent {
    const { first, last } = this.#reach(meeting);
    const event = { meeting, seq: last + 1, atMs, note };
    this.#numbered.push(event);
    this.#moving.set(meeting, this.#trimmed(meeting, { first, last: last + 1 }));
    return event;
  }

  /** What was numbered is in the journal: pages show it from now on. */
  keep(): void {
    for (const [meeting, reach] of this.#moving) this.#reaches.set(meeting, reach);
    this.#tail.add({ events: this.#numbered, gone: this.#gone });
    this.forget();
  }

  /** What was numbered since `keep` was not: its numbers are free again. */
  forget(): void {
    this.#moving.clear();
    this.#numbered = [];
    this.#gone = [];
  }

  /** Resolves once all that was kept until now is on the disk; the journal may go then. */
  async store(): Promise<void> {
    await this.#inTurn.run('files', () => this.#storeTail());
    await this.#files.database.flushed;
  }

  takeOver(left: readonly LoggedEvent[]): void {
    this.#files.database.transactionSync(() => {
      for (const { meeting, seq, atMs, note } of left) {
        const { first, last } = this.#known(meeting);
        if (seq !== last + 1) continue;
        void this.#files.database.put([meeting, seq], { atMs, note });
        this.#reaches.set(meeting, { first, last: seq });
      }
    });
  }

  isSweepDue(nowMs: number): boolean {
    return nowMs - this.#sweptAtMs >= SWEEP_EVERY_MS;
  }

  /** Throws away what is too old. All that was kept has to be stored before. */
  async sweep(nowMs: number): Promise<void> {
    this.#sweptAtMs = nowMs;
    await this.#files.database.batch(() => {
      for (const meeting of [...this.#meetings()]) this.#sweep(meeting, nowMs - this.#retention.ms);
    });
    this.keep();
  }

  async close(): Promise<void> {
    await this.#files.close();
  }

  async #storeTail(): Promise<void> {
    const taken = this.#tail.all;
    if (taken.events.length === 0) return;
    await this.#files.database.batch(() => {
      for (const { meeting, seq, atMs, note } of taken.events)
        void this.#files.database.put([meeting, seq], { atMs, note });
      for (const [meeting, seq] of taken.gone) void this.#files.database.remove([meeting, seq]);
    });
    this.#tail.stored(taken);
  }

  /** Two for one, so that a log comes down to its measure that was made smaller. */
  #trimmed(meeting: string, { first, last }: Reach): Reach {
    const { all, perMeeting } = this.#retention;
    const surplus = last - first + 1 - (meeting === ALL ? all : perMeeting);
    const gone = Math.min(2, Math.max(0, surplus));
    for (let seq = first; seq < first + gone; seq++) this.#gone.push([meeting, seq]);
    return { first: first + gone, last };
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
    return this.#files.database.getRange(range);
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
    for (const { key, value } of this.#files.database.getRange({
      start: [meeting, first],
      end: [meeting, last + 1],
      limit: SWEPT_AT_ONCE,
    })) {
      if (!('note' in value) || value.atMs >= beforeMs) break;
      void this.#files.database.remove(key);
      next = key[1] + 1;
      isRemoved = value.note.kind === 'meeting-removed';
    }
    this.#moving.set(meeting, { first: next, last });
    if (next > last && last > 0) this.#emptied(meeting, last, isRemoved);
  }

  /** Its numbers go on where they were, unless the meeting is gone for good. */
  #emptied(meeting: string, last: number, isRemoved: boolean): void {
    if (isRemoved) void this.#files.database.remove([meeting, 0]);
    else void this.#files.database.put([meeting, 0], { emptiedAt: last });
  }
}

/** Behind every name of a meeting. */
const END = '\uffff';
