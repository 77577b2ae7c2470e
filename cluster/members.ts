import type { Lease, Leases } from '../meetings/leases.ts';
import type { Store } from '../meetings/store/store.ts';
import { TTL_MS } from './core/hold.ts';

const PREFIX = 'process:';

/** The processes that live, by the leases that they renew. */
export class Members {
  readonly #leases: Leases;
  readonly #self: string;
  readonly #known = new Set<string>();
  readonly #deaf: () => void;
  #own: Lease | undefined;
  #live: readonly string[] = [];
  #unsure = true;

  constructor(store: Store, leases: Leases, self: string) {
    this.#leases = leases;
    this.#self = self;
    this.#deaf = store.watch(`lease:${PREFIX}`, (change) => {
      if (change.kind === 'unsure') this.#unsure = true;
      else this.#known.add(change.key.slice(`lease:${PREFIX}`.length));
    });
  }

  /** As last looked. */
  get live(): readonly string[] {
    return this.#live;
  }

  /** Says that we live. Rejects with `StoreUnavailable`. */
  async renew(): Promise<void> {
    const renewed = this.#own && (await this.#leases.renew(this.#own, TTL_MS));
    this.#own = renewed ?? (await this.#leases.take(PREFIX + this.#self, TTL_MS));
  }

  /** Who lives now, by name. Rejects with `StoreUnavailable`. */
  async look(): Promise<readonly string[]> {
    if (this.#unsure) await this.#lookAll();
    const live: string[] = [];
    for (const process of [...this.#known].sort())
      if (await this.#leases.current(PREFIX + process)) live.push(process);
      else this.#known.delete(process);
    this.#live = live;
    return live;
  }

  /** Others need not wait until our lease has run out. */
  async stop(): Promise<void> {
    this.#deaf();
    // Where the store is away, it runs out by itself.
    if (this.#own) await Promise.allSettled([this.#leases.release(this.#own)]);
  }

  async #lookAll(): Promise<void> {
    for (const { name } of await this.#leases.list(PREFIX))
      this.#known.add(name.slice(PREFIX.length));
    this.#unsure = false;
  }
}
