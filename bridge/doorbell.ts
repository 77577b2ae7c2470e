import { rm } from 'node:fs/promises';
import type { Admissions } from '../protocol/call/admission.ts';
import type { Log } from '../protocol/log.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import type { Saying } from '../protocol/speech/saying.ts';
import type { Ledger } from './ledger.ts';
import { askRules } from './room-rules.ts';
import type { Speaker } from './speaker.ts';

export interface DoorbellOptions {
  readonly ledger: Ledger;
  readonly speaker: Speaker;
  readonly admissions: Admissions;
  /** By then FreeSWITCH has opened a file that it was told to play. */
  readonly playedByMs: number;
  readonly log: Log;
}

/** What everybody hears when somebody comes or goes, and the recorded names that it is made of. */
export class Doorbell {
  readonly #options: DoorbellOptions;

  constructor(options: DoorbellOptions) {
    this.#options = options;
  }

  came(room: RoomId, leg: ParticipantId): void {
    void this.#ring(room, leg, 'came');
  }

  /** To be told while what is kept of the leg is still known. */
  went(room: RoomId, leg: ParticipantId): void {
    void this.#ring(room, leg, 'went');
    this.#discard(leg, this.#options.playedByMs);
  }

  /** A leg that was in no room is gone. */
  gone(leg: ParticipantId): void {
    this.#discard(leg, 0);
  }

  async #ring(room: RoomId, leg: ParticipantId, what: 'came' | 'went'): Promise<void> {
    const { ledger, speaker } = this.#options;
    // Whoever takes up the phone beside the browser, or puts it down, was and is in the room.
    if (ledger.isPaired(leg)) return;
    const { nameFile } = ledger.standing(leg);
    const { entrySounds, entrySoundsUpTo } = await askRules(this.#options, room);
    if (entrySounds === 'none' || ledger.people(room) > entrySoundsUpTo) return;
    speaker.sayToRoom(room, announcement(what, entrySounds === 'names' ? nameFile : undefined));
  }

  #discard(leg: ParticipantId, afterMs: number): void {
    const { nameFile } = this.#options.ledger.standing(leg);
    if (nameFile === undefined) return;
    setTimeout(() => void this.#delete(nameFile), afterMs).unref();
  }

  async #delete(path: string): Promise<void> {
    try {
      await rm(path, { force: true });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#options.log('warn', 'a recorded name could not be deleted', { why });
    }
  }
}

function announcement(what: 'came' | 'went', name: string | undefined): Saying {
  if (name === undefined) return { kind: what === 'came' ? 'tone-join' : 'tone-leave' };
  return { kind: what === 'came' ? 'name-joined' : 'name-left', name };
}
