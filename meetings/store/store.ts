export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [field: string]: Json | undefined };

/** A value and when it goes away by itself (milliseconds since 1970), if it does. */
export interface Kept<T> {
  readonly value: T;
  readonly expiresAtMs?: number;
}

/** What somebody who watches keys is told. */
export type StoreChange =
  | { readonly kind: 'changed'; readonly key: string; readonly by: 'us' | 'others' }
  /** Something may have been missed: everything may have changed. */
  | { readonly kind: 'unsure' };

/**
 * JSON values under keys. A promise of a write is kept once the write survives `kill -9` of this
 * process. A key past its time is as good as absent. A type parameter is the caller's claim: under
 * one kind of key lies one kind of value.
 */
export interface Store {
  get<T>(key: string): Promise<T | undefined>;
  put<T>(key: string, kept: Kept<T>): Promise<void>;
  /**
   * Puts only where nothing is; says whether it did. Survives a loss of power too, with all that was
   * written before it; in Redis as far as its own settings go.
   */
  create<T>(key: string, kept: Kept<T>): Promise<boolean>;
  /**
   * Puts them all in one step, or none of them where something lies under the first's key; says
   * whether it did.
   */
  createAll(all: readonly (readonly [key: string, kept: Kept<unknown>])[]): Promise<boolean>;
  /**
   * Replaces what is there by what `change` makes of it, with nothing in between: `change` runs again
   * when somebody else was faster, so it must be pure. `undefined` leaves all as it is; says whether
   * something was put.
   */
  update<T>(key: string, change: (current: T | undefined) => Kept<T> | undefined): Promise<boolean>;
  /** Says whether there was something to delete. */
  delete(key: string): Promise<boolean>;
  /** All whose key begins so, in the order of their keys. */
  list<T>(prefix: string): Promise<readonly (readonly [key: string, value: T])[]>;
  /**
   * Tells of every write and deletion under keys that begin so, after it, by whichever process; not of
   * a key whose time is past. After a lost connection it says `unsure`, so that the listener reads anew.
   * Returns how to stop.
   */
  watch(prefix: string, listener: (change: StoreChange) => void): () => void;
  /** Milliseconds since 1970 by the one clock that all who share this store go by. */
  clock(): Promise<number>;
  close(): Promise<void>;
}

/** The store cannot be reached or will not take the write: nothing was promised. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

const KEY = /^[\w:.-]{1,256}$/;

/** Keys are ours; one that could mean something to an engine is a bug of ours. */
export function checkKey(key: string): string {
  if (!KEY.test(key)) throw new Error(`bad store key of ${key.length} characters`);
  return key;
}

export function isAlive(kept: { readonly expiresAtMs?: number }, nowMs: number): boolean {
  return kept.expiresAtMs === undefined || kept.expiresAtMs > nowMs;
}
