import type { Basics } from './basics.ts';

/** What a store knows of a request that came with a key of its own. */
export type Earlier =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  /** The key came with another request before. */
  | { readonly kind: 'other' }
  | { readonly kind: 'answered'; readonly sealed: string };

interface Entry {
  /** A digest of the request. */
  readonly print: string;
  /** Absent while it runs. */
  readonly sealed?: string;
}

/** So long after its process died a request that was never answered may come again. */
const RUNNING_MS = 60_000;
const KEPT_MS = 24 * 3_600_000;

/**
 * Answers that may be asked for again, each under the digest of its caller and key. They are sealed by
 * who keeps them: the store alone does not open them.
 */
export class KeptAnswers {
  readonly #basics: Pick<Basics, 'store' | 'now'>;

  constructor(basics: Pick<Basics, 'store' | 'now'>) {
    this.#basics = basics;
  }

  /** Begins the request where it is new: of two at once, in any process, one does. */
  async begin(digest: string, print: string): Promise<Earlier> {
    const { store, now } = this.#basics;
    const entry: Entry = { print };
    const isNew = await store.create(place(digest), {
      value: { ...entry },
      expiresAtMs: now() + RUNNING_MS,
    });
    if (isNew) return { kind: 'none' };
    const found = await store.get<Entry>(place(digest));
    if (found !== undefined && found.print !== print) return { kind: 'other' };
    if (found?.sealed === undefined) return { kind: 'running' };
    return { kind: 'answered', sealed: found.sealed };
  }

  /** Keeps the answer for 24 hours. */
  async keep(digest: string, print: string, sealed: string): Promise<void> {
    const { store, now } = this.#basics;
    await store.put(place(digest), {
      value: { print, sealed },
      expiresAtMs: now() + KEPT_MS,
    });
  }

  /** The request did nothing, so its key is free again. */
  async forget(digest: string): Promise<void> {
    await this.#basics.store.delete(place(digest));
  }
}

function place(digest: string): string {
  return `answer:${digest}`;
}
