import type { Store } from './store/store.ts';

/** A claim on something that one at a time may have, until it runs out by the store's clock. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Grows by every taking, for whoever is written to: what carries a smaller one came late. */
  readonly token: number;
  readonly expiresAtMs: number;
}

/** Who let go keeps the number alive, so that the next one's is greater. */
const NOBODY = '';
/** A claim that nobody renewed for a day is forgotten; its number cannot come again, for it is a time. */
const REMEMBERED_MS = 86_400_000;

/**
 * Claims over the store, for one holder. All times are by the store's clock (Redis' own), so that the
 * clocks of those who share it need not agree. Who holds one measures by a clock of their own, from
 * before the asking: then they have stopped before anybody else can begin.
 * Rejects with `StoreUnavailable`.
 */
export class Leases {
  readonly #store: Store;
  readonly #holder: string;

  /** `holder` is never the same twice: letters, digits, `_`, `.`, `:` and `-`. */
  constructor(store: Store, holder: string) {
    if (!/^[\w:.-]{1,100}$/.test(holder)) throw new Error('bad name for a holder of leases');
    this.#store = store;
    this.#holder = holder;
  }

  /** Undefined while somebody has it, ourselves included: what runs already need not begin. */
  async take(name: string, ttlMs: number): Promise<Lease | undefined> {
    const nowMs = await this.#store.clock();
    return this.#change(name, (stands) => {
      if (stands && isHeld(stands, nowMs)) return undefined;
      const token = Math.max((stands?.token ?? 0) + 1, nowMs);
      return { name, holder: this.#holder, token, expiresAtMs: nowMs + ttlMs };
    });
  }

  /** Longer by `ttlMs` from now. Undefined where it was let go, or somebody took it meanwhile. */
  async renew(lease: Lease, ttlMs: number): Promise<Lease | undefined> {
    const nowMs = await this.#store.clock();
    return this.#change(lease.name, (stands) =>
      stands && isSame(stands, lease) ? { ...stands, expiresAtMs: nowMs + ttlMs } : undefined,
    );
  }

  /** Lets go at once; nothing happens where somebody else has it. */
  async release(lease: Lease): Promise<void> {
    await this.#change(lease.name, (stands) =>
      stands && isSame(stands, lease) ? { ...stands, holder: NOBODY, expiresAtMs: 0 } : undefined,
    );
  }

  /** Who has it now. */
  async current(name: string): Promise<Lease | undefined> {
    const [nowMs, stands] = [await this.#store.clock(), await this.#store.get<Lease>(place(name))];
    return stands && isHeld(stands, nowMs) ? stands : undefined;
  }

  /** All whose name begins so and that somebody has now, by name. */
  async list(prefix: string): Promise<readonly Lease[]> {
    const [nowMs, all] = [await this.#store.clock(), await this.#store.list<Lease>(place(prefix))];
    return all.flatMap(([, lease]) => (isHeld(lease, nowMs) ? [lease] : []));
  }

  async #change(
    name: string,
    change: (stands: Lease | undefined) => Lease | undefined,
  ): Promise<Lease | undefined> {
    let made: Lease | undefined;
    const done = await this.#store.update<Lease>(place(name), (stands) => {
      made = change(stands);
      if (!made) return undefined;
      return { value: made, expiresAtMs: Math.max(made.expiresAtMs, made.token) + REMEMBERED_MS };
    });
    return done ? made : undefined;
  }
}

function isHeld(lease: Lease, nowMs: number): boolean {
  return lease.holder !== NOBODY && lease.expiresAtMs > nowMs;
}

function isSame(stands: Lease, lease: Lease): boolean {
  return stands.holder === lease.holder && stands.token === lease.token;
}

function place(name: string): string {
  return `lease:${name}`;
}
