import { createClient } from 'redis';
import { checkKey, isAlive, StoreUnavailable } from './store.ts';
import type { Kept, Store } from './store.ts';

type Client = ReturnType<typeof newClient>;

const NAMESPACE = 'partyline:';
/** Redis forgets a key a little after we stop seeing it: its clock need not agree with ours. */
const GRACE_MS = 60_000;

/** Puts ARGV[2] where ARGV[1] ('' for nothing) still stands, to live ARGV[3] ms (0: for ever). */
const SWAP = `
local stands = redis.call('GET', KEYS[1]) or ''
if stands ~= ARGV[1] then return 0 end
if ARGV[3] == '0' then redis.call('SET', KEYS[1], ARGV[2])
else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
return 1`;

export interface RedisSettings {
  readonly url: string;
  readonly now: () => number;
  /** Told each time the connection fails; the client reconnects by itself. */
  readonly onError: (error: Error) => void;
}

/** The store several processes share. Rejects where Redis cannot be reached at the start. */
export async function openRedis({ url, now, onError }: RedisSettings): Promise<Store> {
  const client = newClient(url);
  let joined = false;
  client.on('error', (error: Error) => {
    if (joined) onError(error);
  });
  await firstConnection(client);
  joined = true;
  return new RedisStore(client, now);
}

function newClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: 5_000, reconnectStrategy: (tries) => Math.min(250 * tries, 5_000) },
  });
}

/** Without this the client would try for ever while nobody learns that the address is wrong. */
async function firstConnection(client: Client): Promise<void> {
  const failed = new Promise<never>((_, reject) => client.once('error', reject));
  try {
    await Promise.race([client.connect(), failed]);
  } catch (cause) {
    client.destroy();
    throw new StoreUnavailable('Redis cannot be reached: check REDIS_URL', { cause });
  }
}

class RedisStore implements Store {
  readonly #client: Client;
  readonly #now: () => number;

  constructor(client: Client, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  async get<T>(key: string): Promise<T | undefined> {
    return this.#alive<T>(await this.#try(this.#client.get(place(key))));
  }

  async put<T>(key: string, kept: Kept<T>): Promise<void> {
    const text = JSON.stringify(kept);
    const lifeMs = this.#lifeMs(kept);
    await this.#try(
      lifeMs === 0
        ? this.#client.set(place(key), text)
        : this.#client.set(place(key), text, { expiration: { type: 'PX', value: lifeMs } }),
    );
  }

  create<T>(key: string, kept: Kept<T>): Promise<boolean> {
    return this.update<T>(key, (current) => (current === undefined ? kept : undefined));
  }

  async update<T>(
    key: string,
    change: (current: T | undefined) => Kept<T> | undefined,
  ): Promise<boolean> {
    for (;;) {
      const stands = await this.#try(this.#client.get(place(key)));
      const kept = change(this.#alive<T>(stands));
      if (!kept) return false;
      if (await this.#swap(key, stands ?? '', kept)) return true;
    }
  }

  async delete(key: string): Promise<boolean> {
    const stood = await this.#try(this.#client.getDel(place(key)));
    return this.#alive(stood) !== undefined;
  }

  async list<T>(prefix: string): Promise<readonly (readonly [string, T])[]> {
    const places = await this.#try(this.#scan(place(prefix)));
    if (places.length === 0) return [];
    const texts = await this.#try(this.#client.mGet(places));
    return places.flatMap((each, at) => {
      const value = this.#alive<T>(texts[at] ?? null);
      return value === undefined ? [] : [[each.slice(NAMESPACE.length), value] as const];
    });
  }

  async clock(): Promise<number> {
    const [seconds, microseconds] = await this.#try(this.#client.time());
    return Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);
  }

  async close(): Promise<void> {
    if (this.#client.isReady) await this.#client.close();
    else this.#client.destroy();
  }

  async #scan(prefix: string): Promise<string[]> {
    const found = new Set<string>();
    for await (const keys of this.#client.scanIterator({ MATCH: `${prefix}*`, COUNT: 1_000 }))
      for (const key of keys) found.add(key);
    return [...found].sort();
  }

  async #swap(key: string, stands: string, kept: Kept<unknown>): Promise<boolean> {
    const args = [stands, JSON.stringify(kept), String(this.#lifeMs(kept))];
    return (
      (await this.#try(this.#client.eval(SWAP, { keys: [place(key)], arguments: args }))) === 1
    );
  }

  #alive<T>(text: string | null): T | undefined {
    if (text === null) return undefined;
    const kept = JSON.parse(text) as Kept<T>;
    return isAlive(kept, this.#now()) ? kept.value : undefined;
  }

  #lifeMs(kept: Kept<unknown>): number {
    if (kept.expiresAtMs === undefined) return 0;
    return Math.max(0, Math.ceil(kept.expiresAtMs - this.#now())) + GRACE_MS;
  }

  async #try<T>(asked: Promise<T>): Promise<T> {
    try {
      return await asked;
    } catch (cause) {
      throw new StoreUnavailable('Redis did not take the command', { cause });
    }
  }
}

function place(key: string): string {
  return NAMESPACE + checkKey(key);
}
