import { createHash } from 'node:crypto';
import type { Log } from '../protocol/log.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import type { Store } from './store/store.ts';

/** How somebody stood in a meeting, in the words of whoever keeps it. */
export interface KeptStay {
  readonly leg: ParticipantId;
  readonly memo: string;
  readonly room?: RoomId;
}

/** How browsers' people stood, for when they call again. A store that is away costs no call. */
export class KeptStays {
  readonly #parts: { readonly store: Store; readonly now: () => number; readonly log: Log };

  constructor(parts: { readonly store: Store; readonly now: () => number; readonly log: Log }) {
    this.#parts = parts;
  }

  keep(stay: string, { leg, memo, room }: KeptStay, forMs: number): void {
    const { store, now } = this.#parts;
    const value = { leg, memo, ...(room !== undefined && { room }) };
    const put = store.put<typeof value>(key(stay), { value, expiresAtMs: now() + forMs });
    put.catch(this.#failed);
  }

  async read(stay: string): Promise<KeptStay | undefined> {
    try {
      return await this.#parts.store.get<KeptStay>(key(stay));
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  drop(stay: string): void {
    this.#parts.store.delete(key(stay)).catch(this.#failed);
  }

  readonly #failed = (error: unknown): void => {
    const why = error instanceof Error ? error.message : String(error);
    this.#parts.log('warn', 'how somebody stood in a meeting is not in the store', { why });
  };
}

/** Whatever it is, it is safe as a key. */
function key(stay: string): string {
  return `stay:${createHash('sha256').update(stay).digest('base64url')}`;
}
