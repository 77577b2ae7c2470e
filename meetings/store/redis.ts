import { randomBytes } from 'node:crypto';
import { createClient } from 'redis';
import { checkKey, isAlive, StoreUnavailable } from './store.ts';
import type { Kept, Store, StoreChange } from './store.ts';
import { Watchers } from './watchers.ts';

export type RedisClient = ReturnType<typeof newClient>;

export const NAMESPACE = 'partyline:';
/** `<who> <key>` for each change, said in one step with it. */
const CHANGES = `${NAMESPACE}changes`;
/** Redis forgets a key a little after we stop seeing it: its clock need not agree with ours. */
const GRACE_MS = 60_000;
/** One that is there but says nothing is given up, and dialled again. */
const SILENT_MS = 3_000;

/** Puts ARGV[2] to live ARGV[3] ms (0: for ever), and tells. */
const PUT = `
if ARGV[3] == '0' then redis.call('SET', KEYS[1], ARGV[2])
else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1`;

/** The same where ARGV[1] ('' for nothing) still stands. */
const SWAP = `
local stands = redis.call('GET', KEYS[1]) or ''
if stands ~= ARGV[1] then return 0 end
${PUT}`;

/** Puts the text, life and news of each key, three of ARGV from the third on, where ARGV[1] stands. */
const PUT_ALL = `
local stands = redis.call('GET', KEYS[1]) or ''
if stands ~= ARGV[1] then return 0 end
for at, key in ipairs(KEYS) do
  local text, life, news = ARGV[3 * at], ARGV[3 * at + 1], ARGV[3 * at + 2]
  if life == '0' then redis.call('SET', key, text)
  else redis.call('SET', key, text, 'PX', life) end
  redis.call('PUBLISH', ARGV[2], news)
end
return 1`;

/** What stood there; tells where there was something. */
const DELETE = `
local stood = redis.call('GET', KEYS[1])
if stood then
  redis.call('DEL', KEYS[1])
  redis.call('PUBLISH', ARGV[1], ARGV[2])
end
return stood`;

export interface RedisSettings {
  readonly url: string;
  readonly now: () => number;
  /** Told each time the connection fails; the client reconnects by itself. */
  readonly onError: (error: Error) => void;
}

/** The store several processes share. Rejects where Redis cannot be reached at the start. */
export async function openRedis({ url, now, onError }: RedisSettings): Promise<Store> {
  const client = await connectRedis(url, onError);
  // Its failures are the other's too: one line in the log is enough.
  const ear = await connectRedis(url, () => undefined).catch((error: unknown) => {
    client.destroy();
    throw error;
  });
  const store = new RedisStore({ client, ear }, now);
  await store.listen();
  return store;
}

/**
 * One connection, which comes back by itself; commands are refused while it is away. Rejects with
 * `StoreUnavailable` where Redis cannot be reached at the start: the client would try for ever while
 * nobody learns that the address is wrong.
 */
export async function connectRedis(
  url: string,
  onError: (error: Error) => void,
): Promise<RedisClient> {
  const client = newClient(url);
  let joined = false;
  client.on('error', (error: Error) => {
    if (joined) onError(error);
  });
  const failed = new Promise<never>((_, reject) => client.once('error', reject));
  try {
    await Promise.race([client.connect(), failed]);
  } catch (cause) {
    client.destroy();
    throw new StoreUnavailable('Redis cannot be reached: check REDIS_URL', { cause });
  }
  joined = true;
  return client;
}

function newClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: SILENT_MS / 3,
    socket: {
      connectTimeout: 5_000,
      socketTimeout: SILENT_MS,
      reconnectStrategy: (tries) => Math.min(250 * tries, 1_000),
    },
  });
}

/** Ends a connection, whether it is up or not. */
export async function closeRedis(client: RedisClient): Promise<void> {
  if (client.isReady) await client.close();
  else client.destroy();
}

class RedisStore implements Store {
  readonly #client: RedisClient;
  readonly #ear: RedisClient;
  readonly #now: () => number;
  readonly #watchers = new Watchers();
  /** By which we know our own changes. */
  readonly #self = randomBytes(8).toString('hex');

  constructor(clients: { client: RedisClient; ear: RedisClient }, now: () => number) {
    this.#client = clients.client;
    this.#ear = clients.ear;
    this.#now = now;
  }

  /** Hears of changes from now on. */
  async listen(): Promise<void> {
    await this.#ear.subscribe(CHANGES, (message) => {
      const [who, key = ''] = message.split(' ');
      this.#watchers.changed(key, who === this.#self ? 'us' : 'others');
    });
    // The client has subscribed again by the time it says so.
    this.#ear.on('ready', () => this.#watchers.unsure());
  }

  watch(prefix: string, listener: (change: StoreChange) => void): () => void {
    return this.#watchers.add(prefix, listener);
  }

  async get<T>(key: string): Promise<T | undefined> {
    return this.#alive<T>(await this.#try(this.#client.get(place(key))));
  }

  async put<T>(key: string, kept: Kept<T>): Promise<void> {
    await this.#run(PUT, key, ['', ...this.#written(key, kept)]);
  }

  create<T>(key: string, kept: Kept<T>): Promise<boolean> {
    return this.update<T>(key, (current) => (current === undefined ? kept : undefined));
  }

  async createAll(all: readonly (readonly [string, Kept<unknown>])[]): Promise<boolean> {
    const keys = all.map(([key]) => place(key));
    const [first] = keys;
    if (first === undefined) return true;
    for (;;) {
      const stands = await this.#try(this.#client.get(first));
      if (this.#alive(stands) !== undefined) return false;
      const written = all.flatMap(([key, kept]) => {
        const [text, life, , news] = this.#written(key, kept);
        return [text, life, news];
      });
      const args = [stands ?? '', CHANGES, ...written];
      const asked = this.#client.eval(PUT_ALL, { keys, arguments: args });
      if ((await this.#try(asked)) === 1) return true;
    }
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
    const stood = await this.#run(DELETE, key, [CHANGES, `${this.#self} ${key}`]);
    return this.#alive(stood as string | null) !== undefined;
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
    await Promise.all([closeRedis(this.#client), closeRedis(this.#ear)]);
  }

  async #scan(prefix: string): Promise<string[]> {
    const found = new Set<string>();
    for await (const keys of this.#client.scanIterator({ MATCH: `${prefix}*`, COUNT: 1_000 }))
      for (const key of keys) found.add(key);
    return [...found].sort();
  }

  async #swap(key: string, stands: string, kept: Kept<unknown>): Promise<boolean> {
    return (await this.#run(SWAP, key, [stands, ...this.#written(key, kept)])) === 1;
  }

  #written(key: string, kept: Kept<unknown>): readonly [string, string, string, string] {
    const lifeMs = String(this.#lifeMs(kept));
    return [JSON.stringify(kept), lifeMs, CHANGES, `${this.#self} ${key}`];
  }

  #run(script: string, key: string, args: readonly string[]): Promise<unknown> {
    return this.#try(this.#client.eval(script, { keys: [place(key)], arguments: [...args] }));
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
