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
 * Which rooms the log tells of that are open, kept for the next life: a mark is there before the
 * first fact of a room, and goes after its last.
 */
export class OpenRooms {
  readonly #store: Store;
  readonly #marked = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Those that the log tells of, by whichever life. */
  async before(): Promise<readonly RoomId[]> {
    const marks = await this.#store.list(PREFIX);
    return marks.map(([key]) => key.slice(PREFIX.length)).filter(isRoomId);
  }

  async mark(runs: readonly Run[]): Promise<void> {
    for (const { meeting, notes } of runs) {
      if (this.#marked.has(meeting) || !notes.some(isOfOpenRoom)) continue;
      await this.#store.put(PREFIX + meeting, { value: true });
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
