import type { Note } from '../../protocol/room/feed.ts';
import { closeRedis, connectRedis, NAMESPACE } from '../store/redis.ts';
import type { RedisClient } from '../store/redis.ts';
import { StoreUnavailable } from '../store/store.ts';
import { ALL, checkMeeting, RETENTION, SWEEP_EVERY_MS, SWEPT_AT_ONCE } from './event-log.ts';
import type { EventLog, LoggedEvent, LogPage, LogSettings } from './event-log.ts';
import { Listeners } from './listeners.ts';
import { eventOf, fieldsOf } from './redis-entry.ts';
import { RedisFollower } from './redis-follower.ts';
import { APPEND, READ, SWEEP } from './redis-scripts.ts';

export interface RedisLogSettings extends LogSettings {
  readonly url: string;
}

/** What `READ` answers. */
type Read = readonly [
  first: number,
  last: number,
  entries: readonly (readonly [id: string, fields: readonly string[]])[],
  lastOfEverything: number,
];

/**
 * The event log that several processes share: a stream for each meeting, and one of everything that
 * each process follows. Rejects where Redis cannot be reached at the start.
 */
export async function openRedisLog({ url, ...settings }: RedisLogSettings): Promise<EventLog> {
  // The store's connection fails with these, and tells.
  const client = await connectRedis(url, () => undefined);
  try {
    const log = new RedisLog(client, settings);
    await log.follow(await connectRedis(url, () => undefined));
    return log;
  } catch (error) {
    await closeRedis(client);
    throw error;
  }
}

class RedisLog implements EventLog {
  readonly #client: RedisClient;
  readonly #settings: LogSettings;
  readonly #listeners: Listeners;
  #follower: RedisFollower | undefined;
  #sweptAtMs = -Infinity;

  constructor(client: RedisClient, settings: LogSettings) {
    this.#client = client;
    this.#settings = settings;
    this.#listeners = new Listeners(settings.log);
  }

  async follow(ear: RedisClient): Promise<void> {
    this.#follower = new RedisFollower(ear, {
      stream: place(ALL),
      after: await lastOfAll(ear),
      lastNow: lastOfAll,
      tell: (events) => this.#listeners.tell(events),
    });
  }

  async append(meeting: string, notes: readonly Note[]): Promise<readonly LoggedEvent[]> {
    if (notes.length === 0) return [];
    const { now, retention = RETENTION } = this.#settings;
    const atMs = now();
    this.#sweepWhenDue(atMs);
    const isRemoved = notes.at(-1)?.kind === 'meeting-removed';
    const [all, own] = (await this.#eval(APPEND, placesOf(checkMeeting(meeting)), [
      atMs,
      retention.all,
      retention.perMeeting,
      meeting,
      isRemoved ? retention.ms : 0,
      ...notes.map((note) => JSON.stringify(note)),
    ])) as [number, number];
    const begin = meeting === ALL ? all : own;
    return notes.map((note, at) => ({ meeting, seq: begin + at, atMs, note }));
  }

  async read(meeting: string, from: number, limit: number): Promise<LogPage> {
    const keys = [place(checkMeeting(meeting)), place(ALL)];
    const range = [`${Math.max(1, from)}-0`, Math.max(1, limit)];
    const read = (await this.#eval(READ, keys, range)) as unknown as Read;
    const [first, last, entries, lastOfEverything] = read;
    await this.#follower?.reached(lastOfEverything);
    return {
      events: entries.map(([id, fields]) => eventOf(meeting, id, fieldsOf(fields))),
      first,
      last,
    };
  }

  subscribe(listener: (event: LoggedEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    this.#follower?.stop();
    await closeRedis(this.#client);
  }

  /** One process in the hour would do; that each does it costs nothing. */
  #sweepWhenDue(nowMs: number): void {
    if (nowMs - this.#sweptAtMs < SWEEP_EVERY_MS) return;
    this.#sweptAtMs = nowMs;
    this.#sweep(nowMs - (this.#settings.retention ?? RETENTION).ms).catch((error: unknown) =>
      this.#settings.log('warn', 'old events could not be pruned', { why: String(error) }),
    );
  }

  async #sweep(beforeMs: number): Promise<void> {
    for await (const keys of this.#client.scanIterator({ MATCH: place('*'), COUNT: 1_000 }))
      for (const key of keys) await this.#eval(SWEEP, [key], [beforeMs, SWEPT_AT_ONCE]);
  }

  async #eval(script: string, keys: string[], args: readonly (string | number)[]) {
    try {
      return await this.#client.eval(script, { keys, arguments: args.map(String) });
    } catch (cause) {
      throw new StoreUnavailable('Redis did not take the command', { cause });
    }
  }
}

async function lastOfAll(client: RedisClient): Promise<number> {
  const asked = { keys: [place(ALL), place(ALL)], arguments: ['1', '1'] };
  return ((await client.eval(READ, asked)) as unknown as Read)[1];
}

function placesOf(meeting: string): string[] {
  return meeting === ALL ? [place(ALL)] : [place(ALL), place(meeting)];
}

function place(meeting: string): string {
  return `${NAMESPACE}events:${meeting}`;
}
