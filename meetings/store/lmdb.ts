import { mkdirSync } from 'node:fs';
import { open } from 'lmdb';
import type { Key, RootDatabase } from 'lmdb';
import { checkKey, isAlive, StoreUnavailable } from './store.ts';
import type { Kept, Store, StoreChange } from './store.ts';
import { Watchers } from './watchers.ts';

/** So many writes apart, keys past their time are thrown away. */
const SWEEP_EVERY = 1_000;

/**
 * The store of one machine: LMDB files in a directory only we may read. For one process at a time;
 * several need Redis.
 */
export function openLmdb(directory: string, now: () => number): Store {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const database = open<Kept<unknown>, string>({
    path: directory,
    encoding: 'json',
    useVersions: true,
  });
  const store = new LmdbStore(new LmdbFiles(database), now);
  store.sweep();
  return store;
}

/** Other LMDB files of ours, of JSON under keys in order, in a directory only we may read. */
export function openLmdbFiles<V, K extends Key>(directory: string): LmdbFiles<V, K> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return new LmdbFiles(open<V, K>({ path: directory, encoding: 'json' }));
}

/**
 * LMDB files that may be asked for after their end. While lmdb waits for its last writes it takes a
 * read, and throws for it from a timer, where nobody can catch it.
 */
export class LmdbFiles<V, K extends Key> {
  readonly #database: RootDatabase<V, K>;
  #isOpen = true;

  constructor(database: RootDatabase<V, K>) {
    this.#database = database;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Throws StoreUnavailable from the closing on. */
  get database(): RootDatabase<V, K> {
    if (!this.#isOpen) throw new StoreUnavailable('The store is closed');
    return this.#database;
  }

  /** What was written is kept. */
  async close(): Promise<void> {
    this.#isOpen = false;
    await this.#database.close();
  }
}

/**
 * Copies the store as it is at one moment to a folder that is empty or not there yet. A Partyline that
 * writes to it meanwhile is not disturbed; the copy is a whole store.
 */
export async function copyLmdb(directory: string, to: string): Promise<void> {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const database = open({ path: directory, readOnly: true });
  try {
    await database.backup(to, true);
  } finally {
    await database.close();
  }
}

class LmdbStore implements Store {
  readonly #files: LmdbFiles<Kept<unknown>, string>;
  readonly #now: () => number;
  readonly #watchers = new Watchers();
  #version: number;
  #writes = 0;

  constructor(files: LmdbFiles<Kept<unknown>, string>, now: () => number) {
    this.#files = files;
    this.#now = now;
    this.#version = now() * 1_000;
  }

  get<T>(key: string): Promise<T | undefined> {
    return new Promise((resolve) => resolve(this.#read<T>(checkKey(key)).value));
  }

  async put<T>(key: string, kept: Kept<T>): Promise<void> {
    await this.#files.database.put(checkKey(key), kept, this.#nextVersion());
    this.#wrote(key);
  }

  async create<T>(key: string, kept: Kept<T>): Promise<boolean> {
    const isNew = await this.update<T>(key, (current) =>
      current === undefined ? kept : undefined,
    );
    if (isNew) await this.#files.database.flushed;
    return isNew;
  }

  async update<T>(
    key: string,
    change: (current: T | undefined) => Kept<T> | undefined,
  ): Promise<boolean> {
    for (;;) {
      const before = this.#read<T>(checkKey(key));
      const kept = change(before.value);
      if (!kept) return false;
      if (await this.#swap(key, kept, before.version)) return true;
    }
  }

  async createAll(all: readonly (readonly [string, Kept<unknown>])[]): Promise<boolean> {
    for (const [key] of all) checkKey(key);
    const first = all[0]?.[0];
    if (first === undefined) return true;
    for (;;) {
      const { value, version } = this.#read(first);
      if (value !== undefined) return false;
      if (await this.#where(first, version, () => this.#putAll(all))) break;
    }
    for (const [key] of all) this.#wrote(key);
    return true;
  }

  async delete(key: string): Promise<boolean> {
    const existed = this.#read(checkKey(key)).value !== undefined;
    const removed = await this.#files.database.remove(key);
    if (existed) this.#watchers.changed(key, 'us');
    return removed && existed;
  }

  list<T>(prefix: string): Promise<readonly (readonly [string, T])[]> {
    return new Promise((resolve) => resolve(this.#found<T>(prefix)));
  }

  /** One process has it, so all changes are ours. */
  watch(prefix: string, listener: (change: StoreChange) => void): () => void {
    return this.#watchers.add(prefix, listener);
  }

  clock(): Promise<number> {
    return Promise.resolve(this.#now());
  }

  async close(): Promise<void> {
    await this.#files.close();
  }

  sweep(): void {
    const dead = [...this.#range('')].filter(({ value }) => !isAlive(value, this.#now()));
    for (const { key, version = 0 } of dead) void this.#files.database.remove(key, version);
  }

  #found<T>(prefix: string): readonly (readonly [string, T])[] {
    const found: [string, T][] = [];
    for (const { key, value } of this.#range(prefix))
      if (isAlive(value, this.#now())) found.push([key, value.value as T]);
    return found;
  }

  #read<T>(key: string): { value: T | undefined; version: number | undefined } {
    const entry = this.#files.database.getEntry(key);
    if (!entry) return { value: undefined, version: undefined };
    const value = isAlive(entry.value, this.#now()) ? (entry.value.value as T) : undefined;
    return { value, version: entry.version };
  }

  async #swap(key: string, kept: Kept<unknown>, seen: number | undefined): Promise<boolean> {
    const done = await this.#where(key, seen, () => this.#putAll([[key, kept]]));
    if (done) this.#wrote(key);
    return done;
  }

  /** One transaction, if what was seen under the key still stands there. */
  #where(key: string, seen: number | undefined, write: () => void): Promise<boolean> {
    return seen === undefined
      ? this.#files.database.ifNoExists(key, write)
      : this.#files.database.ifVersion(key, seen, write);
  }

  #putAll(all: readonly (readonly [string, Kept<unknown>])[]): void {
    for (const [key, kept] of all) void this.#files.database.put(key, kept, this.#nextVersion());
  }

  #range(prefix: string) {
    return this.#files.database.getRange({
      ...(prefix && { start: checkKey(prefix), end: `${prefix}\uffff` }),
      versions: true,
      snapshot: false,
    });
  }

  /** Never the same twice, so that a key deleted and made anew is not taken for the old one. */
  #nextVersion(): number {
    this.#version += 1;
    return this.#version;
  }

  #wrote(key: string): void {
    this.#watchers.changed(key, 'us');
    this.#writes += 1;
    if (this.#writes % SWEEP_EVERY === 0 && this.#files.isOpen) this.sweep();
  }
}
