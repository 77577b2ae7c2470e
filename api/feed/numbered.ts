import type { Note, Numbered } from '../../protocol/room/feed.ts';

/** How far back a reader may resume. */
export const KEPT = 1_000;

/**
 * One feed's messages by their numbers. Numbers begin at the millisecond the feed began, so that a
 * number from before a restart is never taken for one of now.
 */
export class NumberedFeed {
  readonly #kept: Numbered[] = [];
  #last: number;

  constructor(startedAtMs: number) {
    this.#last = Math.floor(startedAtMs);
  }

  /** The number of the newest message. */
  get last(): number {
    return this.#last;
  }

  add(note: Note): Numbered {
    this.#last += 1;
    const message = { ...note, seq: this.#last } as Numbered;
    this.#kept.push(message);
    if (this.#kept.length > KEPT) this.#kept.shift();
    return message;
  }

  /** All from that number on; `undefined` where some of them are gone, or it was never given. */
  from(seq: number): readonly Numbered[] | undefined {
    const first = this.#last - this.#kept.length + 1;
    if (seq < first || seq > this.#last + 1) return undefined;
    return this.#kept.slice(seq - first);
  }
}
