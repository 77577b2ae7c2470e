import type { Log } from '../protocol/log.ts';
import type { ParticipantId } from '../protocol/room/room.ts';
import type { Store } from './store/store.ts';

/** What is kept of one leg, in the words of whoever keeps it. */
export interface KeptLeg {
  readonly memo: string;
  readonly who?: string;
}

/** No call lasts longer; what is older is of no use. */
const LIFE_MS = 24 * 3_600_000;

/** What must outlive a FreeSWITCH of the legs that it has. A store that is away costs no call. */
export class KeptLegs {
  readonly #parts: { readonly store: Store; readonly now: () => number; readonly log: Log };

  constructor(parts: { readonly store: Store; readonly now: () => number; readonly log: Log }) {
    this.#parts = parts;
  }

  keep(leg: ParticipantId, kept: KeptLeg): void {
    const { store, now } = this.#parts;
    const value = { memo: kept.memo, ...(kept.who === undefined ? {} : { who: kept.who }) };
    const put = store.put<typeof value>(key(leg), { value, expiresAtMs: now() + LIFE_MS });
    put.catch(this.#failed);
  }

  async read(leg: ParticipantId): Promise<KeptLeg | undefined> {
    try {
      return await this.#parts.store.get<KeptLeg>(key(leg));
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  drop(leg: ParticipantId): void {
    this.#parts.store.delete(key(leg)).catch(this.#failed);
  }

  readonly #failed = (error: unknown): void => {
    const why = error instanceof Error ? error.message : String(error);
    this.#parts.log('warn', 'what is kept of a leg is not in the store', { why });
  };
}

function key(leg: ParticipantId): string {
  return `leg:${leg}`;
}
