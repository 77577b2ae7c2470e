import { createHash } from 'node:crypto';
import type { Basics } from '../basics.ts';
import { letters, secret } from '../rules/ids.ts';
import type { Person } from '../rules/people.ts';
import type { Scope } from '../rules/scopes.ts';
import { same } from '../rules/tickets.ts';
import type { People } from './people.ts';

/** Use is written down no more often. */
const TOUCH_MS = 60_000;

/** A key as it is kept: by its digest. 256 random bits need no slow one. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Whose it is; absent where the administrator's key made it. */
  readonly personId?: string;
  /** The person's key era when it was made. */
  readonly keyEra: number;
  readonly digest: string;
  readonly createdAtMs: number;
  readonly expiresAtMs?: number;
  readonly lastUsedAtMs?: number;
}

export interface KeyWish {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAtMs?: number | undefined;
}

/** A key with the text nobody will see again. */
export interface NewKey {
  readonly key: ApiKey;
  readonly text: string;
}

/** A key that holds, and whose it is; no person: the administrator's key made it. */
export interface FoundKey {
  readonly key: ApiKey;
  readonly person?: Person;
}

/** Keys for programs. Each is good until it runs out, is revoked, or its person is disabled or deleted. */
export class ApiKeys {
  readonly #basics: Basics;
  readonly #people: People;

  constructor(basics: Basics, people: People) {
    this.#basics = basics;
    this.#people = people;
  }

  async make(person: Person | undefined, wish: KeyWish): Promise<NewKey> {
    const { store, now, random } = this.#basics;
    const id = letters(16, random);
    const text = `plk_${id}_${secret(32, random)}`;
    const { name, scopes, expiresAtMs } = wish;
    const key: ApiKey = {
      id,
      name,
      scopes,
      ...(person && { personId: person.id }),
      keyEra: person?.keyEra ?? 0,
      digest: digest(text),
      createdAtMs: now(),
      ...(expiresAtMs !== undefined && { expiresAtMs }),
    };
    await store.create(place(id), {
      value: key,
      ...(expiresAtMs !== undefined && { expiresAtMs }),
    });
    return { key, text };
  }

  /** What the text of a key opens now, and for whom. Asking is use. */
  async check(text: string): Promise<FoundKey | undefined> {
    const id = idIn(text);
    const key = id === undefined ? undefined : await this.#basics.store.get<ApiKey>(place(id));
    if (!key || !same(digest(text), key.digest)) return undefined;
    return this.look(key);
  }

  /** The same for a key that was checked before. */
  async look({ id }: ApiKey): Promise<FoundKey | undefined> {
    const key = await this.#basics.store.get<ApiKey>(place(id));
    if (!key) return undefined;
    const person = key.personId === undefined ? undefined : await this.#people.get(key.personId);
    if (key.personId !== undefined && !isOf(person, key)) return undefined;
    await this.#touch(key);
    return { key, ...(person && { person }) };
  }

  /** Somebody's keys, or everybody's; the newest first. */
  async list(personId?: string): Promise<readonly ApiKey[]> {
    const found = await this.#basics.store.list<ApiKey>('api-key:');
    return found
      .map(([, key]) => key)
      .filter((key) => personId === undefined || key.personId === personId)
      .sort((a, b) => b.createdAtMs - a.createdAtMs);
  }

  /** Says whether there was such a key, of that person where one is named. */
  async revoke(id: string, personId?: string): Promise<boolean> {
    if (!ID.test(id)) return false;
    const key = await this.#basics.store.get<ApiKey>(place(id));
    if (!key || (personId !== undefined && key.personId !== personId)) return false;
    return this.#basics.store.delete(place(id));
  }

  /** What is left of somebody's keys; that they are void is their key era's doing. */
  async sweep(personId: string): Promise<void> {
    for (const { id } of await this.list(personId)) await this.#basics.store.delete(place(id));
  }

  async #touch({ id, lastUsedAtMs = 0 }: ApiKey): Promise<void> {
    const nowMs = this.#basics.now();
    if (nowMs - lastUsedAtMs < TOUCH_MS) return;
    await this.#basics.store.update<ApiKey>(place(id), (key) =>
      key
        ? {
            value: { ...key, lastUsedAtMs: nowMs },
            ...(key.expiresAtMs !== undefined && { expiresAtMs: key.expiresAtMs }),
          }
        : undefined,
    );
  }
}

const ID = /^[a-z2-7]{16}$/;

function idIn(text: string): string | undefined {
  return /^plk_([a-z2-7]{16})_[\w-]{43}$/.exec(text)?.[1];
}

function isOf(person: Person | undefined, { keyEra }: ApiKey): boolean {
  return person !== undefined && person.disabledAtMs === undefined && person.keyEra === keyEra;
}

function place(id: string): string {
  return `api-key:${id}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
