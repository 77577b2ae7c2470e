import type { LoggedEvent } from '../../meetings/events/event-log.ts';
import { apply } from '../../protocol/room/apply.ts';
import type { Note } from '../../protocol/room/feed.ts';
import type { Rooms } from '../../protocol/room/room.ts';
import { restated } from '../../protocol/room/snapshot.ts';

/** What another process says comes sooner, or is found missing: it beats once a second. */
const LAG_MS = 10_000;

interface Heard {
  readonly atMs: number;
  readonly note: Note;
}

/**
 * What the log told lately. Facts of other processes come here twice, by the log and by themselves, and
 * either may be first. A snapshot under the log's number has all that the log told until then: what
 * is older than known here is told again after it, and what is missing here is not missing in it.
 */
export class Recent {
  readonly #now: () => number;
  #heard: Heard[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  hear({ note }: LoggedEvent): void {
    const atMs = this.#now();
    if (isOld(this.#heard[0], atMs))
      this.#heard = this.#heard.filter((each) => !isOld(each, atMs - LAG_MS));
    this.#heard.push({ atMs, note });
  }

  over(rooms: Rooms): Rooms {
    const atMs = this.#now();
    return this.#heard
      .filter((each) => !isOld(each, atMs))
      .reduce((before, { note }) => withNote(before, note), rooms);
  }
}

/** The rooms after what the log tells. */
export function withNote(rooms: Rooms, note: Note): Rooms {
  if (note.kind === 'event') return apply(rooms, note.event);
  return note.kind === 'room-restated' ? restated(rooms, note.room) : rooms;
}

function isOld(heard: Heard | undefined, nowMs: number): boolean {
  return heard !== undefined && nowMs - heard.atMs > LAG_MS;
}
