import { createHmac, timingSafeEqual } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RoomId } from '../../protocol/room/room.ts';
import type { Basics } from '../basics.ts';
import { parseRecordingId, soundMs } from '../rules/recording.ts';
import type { Recording, RecordingNote } from '../rules/recording.ts';
import type { Formats, RecordingFormat } from './formats.ts';

export interface RecordingsOptions {
  /** Where FreeSWITCH writes them. */
  readonly dir: string;
  readonly formats: Formats;
  /** Whether the room is recorded now. */
  readonly isRecording: (room: RoomId) => boolean;
}

/**
 * What was recorded. The files are the truth: what lies in the folder is there, whoever was running
 * when it was made. The store keeps what people say of them.
 */
export class Recordings {
  readonly #basics: Pick<Basics, 'store' | 'keys'>;
  readonly #options: RecordingsOptions;

  constructor(basics: Pick<Basics, 'store' | 'keys'>, options: RecordingsOptions) {
    this.#basics = basics;
    this.#options = options;
  }

  get formats(): readonly RecordingFormat[] {
    return this.#options.formats.offered;
  }

  /** The newest first; absent: of all meetings. */
  async list(room?: RoomId): Promise<readonly Recording[]> {
    const ids = (await this.#ids()).filter((id) => room === undefined || id.startsWith(`${room}-`));
    const found = await Promise.all(ids.map((id) => this.#read(id, ids)));
    return found
      .filter((recording) => recording !== undefined)
      .sort((a, b) => b.startedAtMs - a.startedAtMs || a.id.localeCompare(b.id));
  }

  async get(id: string): Promise<Recording | undefined> {
    if (parseRecordingId(id) === undefined) return undefined;
    return this.#read(id, await this.#ids());
  }

  /** The file, made from the WAV where it is not there yet; only of a recording that is over. */
  file({ id }: Recording, format: RecordingFormat): Promise<string> {
    return this.#options.formats.file(this.#wav(id), format);
  }

  /** What all recordings of a room are said to be, those to come too. */
  async describe(room: RoomId, note: RecordingNote): Promise<void> {
    await this.#note(roomPlace(room), note);
  }

  /** What one is said to be. */
  async change({ id }: Recording, note: RecordingNote): Promise<void> {
    await this.#note(notePlace(id), note);
  }

  /** For ever, in every format. */
  async delete({ id, room }: Recording): Promise<void> {
    await this.#options.formats.delete(this.#wav(id));
    await this.#basics.store.delete(notePlace(id));
    const isLast = !(await this.#ids()).some((other) => other.startsWith(`${room}-`));
    if (isLast) await this.#basics.store.delete(roomPlace(room));
  }

  /** Deletes what ended before; says how many that were. */
  async deleteBefore(atMs: number): Promise<number> {
    const old = (await this.list()).filter(({ endedAtMs = Infinity }) => endedAtMs < atMs);
    for (const recording of old) await this.delete(recording);
    return old.length;
  }

  /** With it the published recording may be heard by whoever has it. */
  linkKey(id: string): string {
    const { keys } = this.#basics;
    return createHmac('sha256', keys.tokens)
      .update(`recording:${id}`)
      .digest('base64url')
      .slice(0, 22);
  }

  isLinkKey(id: string, key: string): boolean {
    const right = Buffer.from(this.linkKey(id));
    const given = Buffer.from(key);
    return right.length === given.length && timingSafeEqual(right, given);
  }

  async #ids(): Promise<readonly string[]> {
    const names = await readdir(this.#options.dir);
    return names
      .filter((name) => name.endsWith('.wav'))
      .map((name) => name.slice(0, -'.wav'.length))
      .filter((id) => parseRecordingId(id) !== undefined)
      .sort();
  }

  async #read(id: string, ids: readonly string[]): Promise<Recording | undefined> {
    const told = parseRecordingId(id);
    const sound = await readSound(this.#wav(id));
    if (told === undefined || sound === undefined) return undefined;
    const { room } = told;
    const isNewest = ids.filter((other) => other.startsWith(`${room}-`)).at(-1) === id;
    const grows = isNewest && this.#options.isRecording(room);
    const { bytes, endedAtMs, durationMs } = sound;
    const note = await this.#noteOf(id, room);
    return { id, ...told, ...note, bytes, durationMs, ...(!grows && { endedAtMs }) };
  }

  async #noteOf(id: string, room: RoomId): Promise<Required<RecordingNote>> {
    const { store } = this.#basics;
    const [ofRoom = {}, own = {}] = [
      await store.get<RecordingNote>(roomPlace(room)),
      await store.get<RecordingNote>(notePlace(id)),
    ];
    const meta = { ...ofRoom.meta, ...own.meta };
    return { name: '', published: false, ...ofRoom, ...own, meta };
  }

  async #note(place: string, note: RecordingNote): Promise<void> {
    await this.#basics.store.update<RecordingNote>(place, (before = {}) => ({
      value: { ...before, ...note, meta: { ...before.meta, ...note.meta } },
    }));
  }

  #wav(id: string): string {
    return join(this.#options.dir, `${id}.wav`);
  }
}

const HEAD_BYTES = 44;

/** Absent where it was deleted meanwhile. */
async function readSound(path: string) {
  try {
    const file = await open(path);
    try {
      const { buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      const { size, mtimeMs } = await stat(path);
      const endedAtMs = Math.round(mtimeMs);
      return { bytes: size, endedAtMs, durationMs: soundMs(buffer, size) };
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function roomPlace(room: RoomId): string {
  return `recordings:room:${room}`;
}

function notePlace(id: string): string {
  return `recordings:one:${id}`;
}
