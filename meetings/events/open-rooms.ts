import type { Note } from '../../protocol/room/feed.ts';
import { isRoomId } from '../../protocol/room/room.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import type { Store } from '../store/store.ts';

interface Run {
  readonly meeting: string;
  readonly notes: readonly Note[];
}

const PREFIX = 'room-told:';

/**
 * Which rooms the log tells of that are open, kept for the next life and for other processes: a mark
 * is there before the first fact of a room, and goes after its last.
 */
export class OpenRooms {
  readonly #store: Store;
  readonly #marked = new Set<string>();
  readonly #inherited = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Those that the log tells of, by whichever life. */
  async all(): Promise<readonly RoomId[]> {
    const marks = await this.#store.list(PREFIX);
    return marks.map(([key]) => key.slice(PREFIX.length)).filter(isRoomId);
  }

  /** Those of them that somebody else told of before we did, once. */
  takeInherited(): ReadonlySet<string> {
    const inherited = new Set(this.#inherited);
    this.#inherited.clear();
    return inherited;
  }

  /** What is not ours any more is somebody else's until it comes back. */
  keep(ours: { has(room: string): boolean }): void {
    for (const room of this.#marked) if (!ours.has(room)) this.#marked.delete(room);
  }

  async mark(runs: readonly Run[]): Promise<void> {
    for (const { meeting, notes } of runs) {
      if (this.#marked.has(meeting) || !notes.some(isOfOpenRoom)) continue;
      if (!(await this.#store.create(PREFIX + meeting, { value: true })))
        this.#inherited.add(meeting);
      this.#marked.add(meeting);
    }
  }

  /** After the notes were kept. */
  async unmark({ meeting, notes }: Run): Promise<void> {
    const last = notes.findLast(isOfRoom);
    if (last === undefined || isOfOpenRoom(last)) return;
    this.#marked.delete(meeting);
    await this.#store.delete(PREFIX + meeting);
  }
}

function isOfRoom({ kind }: Note): boolean {
  return kind === 'event' || kind === 'room-restated';
}

function isOfOpenRoom(note: Note): boolean {
  return isOfRoom(note) && !(note.kind === 'event' && note.event.kind === 'room-closed');
}
