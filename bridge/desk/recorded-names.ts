import { rm } from 'node:fs/promises';
import type { Log } from '../../protocol/log.ts';
import type { ParticipantId } from '../../protocol/room/room.ts';

/** Where callers' names are recorded, and which of the recordings nobody wants. */
export class RecordedNames {
  readonly #dir: string | undefined;
  readonly #log: Log;
  readonly #unwanted = new Set<ParticipantId>();

  /** `dir` is absolute, and FreeSWITCH writes there; without it no name is recorded. */
  constructor(dir: string | undefined, log: Log) {
    this.#dir = dir?.replace(/\/+$/, '');
    this.#log = log;
  }

  get possible(): boolean {
    return this.#dir !== undefined;
  }

  /** The file of a leg that is about to be recorded; nobody may be where `possible` is false. */
  record(leg: ParticipantId): string {
    this.#unwanted.add(leg);
    return this.#fileOf(leg);
  }

  /** It has a name in it. Whoever plays it deletes it. */
  keep(leg: ParticipantId): string {
    this.#unwanted.delete(leg);
    return this.#fileOf(leg);
  }

  /** Silence is not kept longer than the call. */
  async forget(leg: ParticipantId): Promise<void> {
    if (!this.#unwanted.delete(leg)) return;
    try {
      await rm(this.#fileOf(leg), { force: true });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#log('warn', 'a recording without a name in it could not be deleted', { why });
    }
  }

  #fileOf(leg: ParticipantId): string {
    if (this.#dir === undefined) throw new Error('names are recorded nowhere');
    return `${this.#dir}/${leg}.wav`;
  }
}
