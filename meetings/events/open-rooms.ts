import type { Note } from '../../protocol/room/feed.ts';
import { isRoomId } from '../../protocol/room/room.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import type { Store } from '../store/store.ts';

/** Notes of one room, or of a meeting. */
interface Run {
  readonly room: string;
  readonly notes: readonly Note[];
}

const PREFIX = 'room-told:';

/**
 * Which rooms the log tells of that are open, and in which meeting's log, kept for the next life and
 * for other processes: a mark is there before the first fact of a room, and goes after its last.
 */
export class OpenRooms {
  readonly #store: Store;
  readonly #mainFor: (room: RoomId) => Promise<RoomId>;
  /** The meeting in whose log each is. */
  readonly #marked = new Map<string, string>();
  readonly #inherited = new Set<string>();

  /** `mainFor`: to which meeting a room belongs. */
  constructor(store: Store, mainFor: (room: RoomId) => Promise<RoomId>) {
    this.#store = store;
    this.#mainFor = mainFor;
  }

  /** Those that the log tells of, by whichever life. */
  async all(): Promise<readonly RoomId[]> {
    const marks = await this.#store.list(PREFIX);
    return marks.map(([key]) => key.slice(PREFIX.length)).filter(isRoomId);
  }

  /** Those of them that somebody else told of before we did, once, where they are listed. */
  takeInherited(isListed: (room: RoomId) => boolean): ReadonlySet<string> {
    const taken = new Set([...this.#inherited].filter((room) => isListed(room as RoomId)));
    for (const room of taken) this.#inherited.delete(room);
    return taken;
  }

  /** What is not ours any more is somebody else's until it comes back. */
  keep(ours: { has(room: string): boolean }): void {
    for (const room of [...this.#marked.keys(), ...this.#inherited])
      if (!ours.has(room)) {
        this.#marked.delete(room);
        this.#inherited.delete(room);
      }
  }

  /** In whose log they go. */
  async placed<R extends Run>(runs: readonly R[]): Promise<readonly (R & { meeting: string })[]> {
    const placed: (R & { meeting: string })[] = [];
    for (const run of runs) placed.push({ ...run, meeting: await this.#meetingOf(run) });
    return placed;
  }

  async #meetingOf({ room, notes }: Run): Promise<string> {
    const marked = this.#marked.get(room);
    if (marked !== undefined || !notes.some(isOfRoom) || !isRoomId(room)) return marked ?? room;
    const meeting = await this.#mainFor(room);
    if (!notes.some(isOfOpenRoom)) return (await this.#toldIn(room)) ?? meeting;
    if (!(await this.#store.create(PREFIX + room, { value: meeting }))) this.#inherited.add(room);
    const told = this.#inherited.has(room) ? await this.#toldIn(room) : undefined;
    this.#marked.set(room, told ?? meeting);
    return told ?? meeting;
  }

  async #toldIn(room: RoomId): Promise<string | undefined> {
    const mark = await this.#store.get<unknown>(PREFIX + room);
    return typeof mark === 'string' ? mark : undefined;
  }

  /** After the notes were kept. */
  async unmark({ room, notes }: Run): Promise<void> {
    const last = notes.findLast(isOfRoom);
    if (last === undefined || isOfOpenRoom(last)) return;
    this.#marked.delete(room);
    await this.#store.delete(PREFIX + room);
  }
}

function isOfRoom({ kind }: Note): boolean {
  return kind === 'event' || kind === 'room-restated';
}

function isOfOpenRoom(note: Note): boolean {
  return isOfRoom(note) && !(note.kind === 'event' && note.event.kind === 'room-closed');
}
