import { createHash } from 'node:crypto';
import type { Store } from './store/store.ts';

/** No call lasts longer; what is older is of no use. */
const LIFE_MS = 24 * 3_600_000;

export interface CallJournalSettings {
  readonly store: Store;
  /** Tells the gateways apart that share a store. */
  readonly gateway: string;
  readonly now: () => number;
  /** A write that failed costs a call its BYE should we die, and nothing else. */
  readonly onError: (error: unknown) => void;
}

/** Dialogs of calls that are up, for the gateway of the next life to end. */
export class CallJournal<D extends { readonly id: string }> {
  readonly #settings: CallJournalSettings;
  readonly #prefix: string;
  readonly #left: readonly D[];

  private constructor(settings: CallJournalSettings, prefix: string, left: readonly D[]) {
    this.#settings = settings;
    this.#prefix = prefix;
    this.#left = left;
  }

  static async open<D extends { readonly id: string }>(
    settings: CallJournalSettings,
  ): Promise<CallJournal<D>> {
    const prefix = `dialog:${digest(settings.gateway)}:`;
    const found = await settings.store.list<D>(prefix);
    return new CallJournal(
      settings,
      prefix,
      found.map(([, kept]) => kept),
    );
  }

  leftovers(): readonly D[] {
    return this.#left;
  }

  add(kept: D): void {
    const { store, now, onError } = this.#settings;
    store.put<D>(this.#key(kept.id), { value: kept, expiresAtMs: now() + LIFE_MS }).catch(onError);
  }

  remove(id: string): void {
    const { store, onError } = this.#settings;
    store.delete(this.#key(id)).catch(onError);
  }

  #key(id: string): string {
    return this.#prefix + digest(id);
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
