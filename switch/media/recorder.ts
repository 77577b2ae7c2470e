import type { MediaEvent } from './contract.ts';
import { Recording } from './recording.ts';
import type { Room } from './room.ts';

/** Begins and ends recordings of rooms, and tells of both. */
export class Recorder {
  readonly #emit: (event: MediaEvent) => void;
  readonly #starting = new Set<string>();
  readonly #ending = new Set<Promise<void>>();

  constructor(emit: (event: MediaEvent) => void) {
    this.#emit = emit;
  }

  /** `isOpen`: the room may close while the file is being made. */
  async start(room: Room, path: string, isOpen: () => boolean): Promise<void> {
    const error = await this.#begin(room, path, isOpen);
    const failure = error !== undefined && { error };
    this.#emit({ kind: 'recording-started', room: room.name, path, ...failure });
  }

  stop(room: Room, path: string): void {
    const recording = room.recordings.get(path);
    if (!recording) return;
    room.recordings.delete(path);
    const ending = recording.end().then(() => {
      const { samples, sampleRateHz } = recording;
      this.#emit({ kind: 'recording-stopped', room: room.name, path, samples, sampleRateHz });
      this.#ending.delete(ending);
    });
    this.#ending.add(ending);
  }

  stopAll(room: Room): void {
    for (const path of [...room.recordings.keys()]) this.stop(room, path);
  }

  /** Resolves when every ended file is whole. */
  async settled(): Promise<void> {
    await Promise.all(this.#ending);
  }

  /** undefined: it runs. */
  async #begin(room: Room, path: string, isOpen: () => boolean): Promise<string | undefined> {
    if (room.recordings.has(path) || this.#starting.has(path)) return 'already recording there';
    this.#starting.add(path);
    const target = { path, sampleRateHz: room.sampleRateHz };
    try {
      const recording = await Recording.begin(target, () => this.stop(room, path));
      room.recordings.set(path, recording);
      if (!isOpen()) this.stop(room, path);
      return undefined;
    } catch (error) {
      // The disk's refusal is the asker's to hear.
      return error instanceof Error ? error.message : 'cannot write';
    } finally {
      this.#starting.delete(path);
    }
  }
}
