import type { StoreChange } from './store.ts';

type Listener = (change: StoreChange) => void;

/** Who wants to hear of which keys. */
export class Watchers {
  readonly #all = new Set<{ readonly prefix: string; readonly listener: Listener }>();

  /** Returns how to stop. */
  add(prefix: string, listener: Listener): () => void {
    const watcher = { prefix, listener };
    this.#all.add(watcher);
    return () => this.#all.delete(watcher);
  }

  changed(key: string, by: 'us' | 'others'): void {
    for (const { prefix, listener } of this.#all)
      if (key.startsWith(prefix)) listener({ kind: 'changed', key, by });
  }

  unsure(): void {
    for (const { listener } of this.#all) listener({ kind: 'unsure' });
  }
}
