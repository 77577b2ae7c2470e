import type { EventLog, LoggedEvent } from '../../meetings/events/event-log.ts';
import type { FeedMessage, Numbered } from '../../protocol/room/feed.ts';
import type { Line } from './line.ts';
import { narrowed } from './redact.ts';
import { toBytes } from './to-bytes.ts';

/** The rooms and meetings of a snapshot, taken at once when it is asked for. */
export type TakeSnapshot = () => Promise<Omit<Extract<FeedMessage, { kind: 'snapshot' }>, 'seq'>>;

export interface Wanted {
  readonly line: Line;
  /** Codes and links are left out. */
  readonly observer: boolean;
  /** The first number they want; absent: a snapshot. */
  readonly from: number | undefined;
  readonly snapshot: TakeSnapshot;
}

interface Reader {
  readonly line: Line;
  readonly observer: boolean;
  /** What they are told next; `undefined` while they are told what is past. */
  next: number | undefined;
}

/** So many past events are read at a time. */
const PAGE = 200;
/** Service Restart (RFC 6455, IANA registry): connect again. */
export const READ_ANEW = 1012;

/** Hands one log to its readers, under the log's numbers. */
export class LogFeed {
  readonly #log: EventLog;
  readonly #meeting: string;
  readonly #readers = new Set<Reader>();
  /** The number told last; `undefined` until it is known. */
  #last: number | undefined;

  constructor(log: EventLog, meeting: string) {
    this.#log = log;
    this.#meeting = meeting;
  }

  get isDeserted(): boolean {
    return this.#readers.size === 0;
  }

  /** The next event of the log. After a gap nobody can go on. */
  hear({ seq, note }: LoggedEvent): void {
    if (this.#last !== undefined && seq !== this.#last + 1)
      for (const { line } of this.#readers) line.close(READ_ANEW, 'Events were lost: read anew');
    this.#last = seq;
    const message = numbered(seq, note);
    const whole = once(() => toBytes(message));
    const observed = once(() => toBytes(narrowed(message, OBSERVER)));
    for (const reader of this.#readers) {
      if (reader.next !== seq) continue;
      reader.next = seq + 1;
      reader.line.send(reader.observer ? observed() : whole(), seq);
    }
  }

  /**
   * From the number they ask for where that is still kept, else with a snapshot. That bears the number
   * of the moment before it was taken, so what follows may repeat it.
   */
  async join({ line, observer, from, snapshot }: Wanted): Promise<void> {
    const reader: Reader = { line, observer, next: undefined };
    this.#readers.add(reader);
    line.onceClosed(() => this.#readers.delete(reader));
    const { first, last } = await this.#log.read(this.#meeting, 1, 0);
    this.#last ??= last;
    const next =
      from !== undefined && from >= first && from <= this.#last + 1
        ? from
        : await this.#begin(reader, this.#last, snapshot);
    await this.#catchUp(reader, next);
  }

  async #begin({ line, observer }: Reader, seq: number, take: TakeSnapshot): Promise<number> {
    const message: FeedMessage = { ...(await take()), seq };
    line.send(toBytes(observer ? narrowed(message, OBSERVER) : message), seq);
    return seq + 1;
  }

  /** Reads what is past as fast as they do, until nothing is left between them and what is new. */
  async #catchUp(reader: Reader, from: number): Promise<void> {
    let next = from;
    while (reader.line.isOpen && next <= (this.#last ?? 0)) {
      const { events } = await this.#log.read(this.#meeting, next, PAGE);
      if (events[0]?.seq !== next) {
        reader.line.close(READ_ANEW, 'Events were lost: read anew');
        return;
      }
      for (const { seq, note } of events) {
        const message = numbered(seq, note);
        reader.line.send(toBytes(reader.observer ? narrowed(message, OBSERVER) : message), seq);
        next = seq + 1;
      }
      await reader.line.drained();
    }
    reader.next = next;
  }
}

const OBSERVER = { role: 'observer' } as const;

function numbered(seq: number, note: LoggedEvent['note']): Numbered {
  return { ...note, seq };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
