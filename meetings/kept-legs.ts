import { createHash } from 'node:crypto';
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

  /** Somebody is to call again, and goes on for this leg. */
  async awaitAgain(who: string, leg: ParticipantId, forMs: number): Promise<void> {
    const { store, now } = this.#parts;
    const kept = { value: leg, expiresAtMs: now() + forMs };
    await store.put<string>(again(who), kept).catch(this.#failed);
  }

  /** The leg that they go on for, once. */
  async claim(who: string): Promise<ParticipantId | undefined> {
    const { store } = this.#parts;
    try {
      const leg = await store.get<ParticipantId>(again(who));
      return leg !== undefined && (await store.delete(again(who))) ? leg : undefined;
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  readonly #failed = (error: unknown): void => {
    const why = error instanceof Error ? error.message : String(error);
    this.#parts.log('warn', 'what is kept of a leg is not in the store', { why });
  };
}

/** Whoever it is, it is safe as a key. */
function again(who: string): string {
  return `again:${createHash('sha256').update(who).digest('base64url')}`;
}

function key(leg: ParticipantId): string {
  return `leg:${leg}`;
}
