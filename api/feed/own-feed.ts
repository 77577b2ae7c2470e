import type { FeedMessage, Note } from '../../protocol/room/feed.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import type { Line } from './line.ts';
import { READ_ANEW } from './log-feed.ts';
import type { TakeSnapshot } from './log-feed.ts';
import { KEPT, NumberedFeed } from './numbered.ts';
import type { OwnRooms } from './own-rooms.ts';
import { toBytes } from './to-bytes.ts';

export interface OwnFeedOptions {
  readonly own: OwnRooms;
  readonly isOpen: (room: RoomId) => boolean;
  readonly now: () => number;
}

interface Viewer {
  readonly line: Line;
  /** What came while their snapshot is taken. */
  waiting: FeedMessage[] | undefined;
}

/** What a moderator reads of all the meetings that are theirs. Numbered by itself. */
export class OwnFeed {
  readonly #options: OwnFeedOptions;
  readonly #viewers = new Set<Viewer>();
  #numbered: NumberedFeed;
  #leftAtMs = Infinity;

  constructor(options: OwnFeedOptions) {
    this.#options = options;
    this.#numbered = new NumberedFeed(options.now());
  }

  get own(): OwnRooms {
    return this.#options.own;
  }

  isDesertedFor(ms: number): boolean {
    return this.#viewers.size === 0 && this.#options.now() - this.#leftAtMs > ms;
  }

  async join(line: Line, from: number | undefined, snapshot: TakeSnapshot): Promise<void> {
    const missed = from === undefined ? undefined : this.#numbered.from(from);
    const viewer: Viewer = { line, waiting: [] };
    this.#viewers.add(viewer);
    line.onceClosed(() => {
      this.#viewers.delete(viewer);
      this.#leftAtMs = this.#options.now();
    });
    const { last: seq } = this.#numbered;
    const first: readonly FeedMessage[] = missed ?? [{ ...(await snapshot()), seq }];
    for (const message of [...first, ...(viewer.waiting ?? [])])
      line.send(toBytes(message), message.seq);
    viewer.waiting = undefined;
  }

  /** What the log of a meeting tells. */
  hear(meeting: RoomId, note: Note): void {
    const { own } = this.#options;
    switch (note.kind) {
      case 'event':
      case 'room-restated':
      case 'breakouts-updated':
        if (own.has(meeting)) this.#publish(note);
        return;
      case 'meeting-removed':
        if (own.has(note.id)) this.#lose(note.id);
        return;
      case 'meeting-updated':
        return this.#onMeeting(note);
      case 'alarms-updated':
        return;
    }
  }

  /** Whoever is given a meeting that has begun begins anew, with a snapshot that has it. */
  #onMeeting(note: Extract<Note, { kind: 'meeting-updated' }>): void {
    const look = this.#options.own.look(note.meeting);
    if (look === 'not-theirs') return;
    if (look === 'lost') return this.#publish({ kind: 'meeting-removed', id: note.meeting.id });
    this.#publish(note);
    if (look !== 'gained' || !this.#options.isOpen(note.meeting.id)) return;
    this.#numbered = new NumberedFeed(this.#numbered.last + KEPT);
    for (const { line } of this.#viewers)
      line.close(READ_ANEW, 'There is more to see: connect again');
  }

  #lose(id: RoomId): void {
    this.#options.own.forget(id);
    this.#publish({ kind: 'meeting-removed', id });
  }

  #publish(note: Note): void {
    const message = this.#numbered.add(note);
    const bytes = toBytes(message);
    for (const { line, waiting } of this.#viewers)
      if (waiting) waiting.push(message);
      else line.send(bytes, message.seq);
  }
}
