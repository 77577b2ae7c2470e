import type { Outcome } from '../rules/webhooks/standing.ts';
import type { Store } from '../store/store.ts';

/** One try to deliver, as it was. */
export interface Delivery {
  /** Rises by one with each try, from 1. */
  readonly id: number;
  /** The message's number; 0: a test. */
  readonly message: number;
  readonly attempt: number;
  readonly atMs: number;
  readonly ms: number;
  readonly outcome: Outcome;
  readonly replay?: true;
  /** The numbers of the events in it. */
  readonly events: readonly number[];
}

const MOST = 1_000;
const KEPT_MS = 14 * 86_400_000;

/** The newest thousand tries of each webhook, for two weeks. */
export class Deliveries {
  readonly #store: Store;
  readonly #now: () => number;

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  async add(hook: string, delivery: Omit<Delivery, 'id'>): Promise<Delivery> {
    let id = 0;
    await this.#store.update<number>(lastPlace(hook), (last = 0) => ({ value: (id = last + 1) }));
    const value: Delivery = { ...delivery, id };
    await this.#store.put(place(hook, id), { value, expiresAtMs: this.#now() + KEPT_MS });
    return value;
  }

  async get(hook: string, id: number): Promise<Delivery | undefined> {
    const found = await this.#store.get<Delivery>(place(hook, id));
    return found?.id === id ? found : undefined;
  }

  /** The newest first, numbered below `below`. */
  async list(hook: string, limit: number, below = Infinity): Promise<readonly Delivery[]> {
    const last = (await this.#store.get<number>(lastPlace(hook))) ?? 0;
    const top = Math.min(last, below - 1);
    const count = Math.min(limit, top, MOST - (last - top));
    const ids = Array.from({ length: Math.max(0, count) }, (_, n) => top - n);
    const found = await Promise.all(ids.map((id) => this.get(hook, id)));
    return found.filter((delivery) => delivery !== undefined);
  }

  async forget(hook: string): Promise<void> {
    const found = await this.#store.list(`hook-tries:${hook}:`);
    for (const [key] of found) await this.#store.delete(key);
    await this.#store.delete(lastPlace(hook));
  }
}

/** The thousand and first takes the first one's place. */
function place(hook: string, id: number): string {
  return `hook-tries:${hook}:${id % MOST}`;
}

function lastPlace(hook: string): string {
  return `hook-last-try:${hook}`;
}
