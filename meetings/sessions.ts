import type { Basics } from './basics.ts';
import type { People } from './people/people.ts';
import { secret } from './rules/ids.ts';
import type { Person } from './rules/people.ts';
import { checkToken, signToken } from './rules/tickets.ts';
import type { SessionToken } from './rules/tickets.ts';

/** A working day, whatever happens. */
const LIFE_MS = 12 * 3_600_000;
/** A page that is open asks often enough. */
const IDLE_MS = 3_600_000;
/** Use is written down no more often. */
const TOUCH_MS = 60_000;

/** Where somebody signs in from, for them to read. */
export interface SignedInFrom {
  readonly address: string;
  /** As the browser calls itself; empty where it does not. */
  readonly userAgent: string;
}

export interface Session {
  readonly id: string;
  readonly token: string;
  readonly expiresAtMs: number;
}

/** A session as it lies in the store. */
interface KeptSession extends SignedInFrom {
  /** The person's era when it began; 0 for the administrator's. */
  readonly era: number;
  readonly madeAtMs: number;
  readonly usedAtMs: number;
  readonly expiresAtMs: number;
}

export interface ListedSession extends KeptSession {
  readonly id: string;
}

/** A session that holds, and whose it is; no person: the administrator's. */
export interface OpenSession {
  readonly token: SessionToken;
  readonly person?: Person;
}

/**
 * The console's sessions: 12 hours, or one without use. Ended by signing out, by a new password, with
 * their person, and all of them by a new administrator's key.
 */
export class Sessions {
  readonly #basics: Basics;
  readonly #people: People;
  readonly #adminKey: string;

  constructor(basics: Basics, people: People, adminKey: string) {
    this.#basics = basics;
    this.#people = people;
    this.#adminKey = adminKey;
  }

  /** For somebody who has proved who they are; without a person, for the administrator. */
  async open(person: Person | undefined, from: SignedInFrom): Promise<Session> {
    const { store, now, random } = this.#basics;
    const id = secret(16, random);
    const expiresAtMs = now() + LIFE_MS;
    const kept: KeptSession = {
      address: from.address,
      userAgent: from.userAgent.slice(0, 200),
      era: person?.era ?? 0,
      madeAtMs: now(),
      usedAtMs: now(),
      expiresAtMs,
    };
    const claims = { kind: 'session', id, ...(person && { person: person.id }) } as const;
    await store.put(place(person?.id, id), { value: kept, expiresAtMs: now() + IDLE_MS });
    const token = signToken({ ...claims, expiresAtMs }, this.#signingKey());
    return { id, token, expiresAtMs };
  }

  /** What the text of a token opens now. Asking is use. */
  async check(text: string): Promise<OpenSession | undefined> {
    const checked = checkToken('session', text, this.#signingKey(), this.#basics.now());
    return checked.kind === 'valid' ? this.look(checked.token) : undefined;
  }

  /** The same for a token that was checked before. */
  async look(token: SessionToken): Promise<OpenSession | undefined> {
    const where = place(token.person, token.id);
    const kept = await this.#basics.store.get<KeptSession>(where);
    if (!kept) return undefined;
    const person = token.person === undefined ? undefined : await this.#people.get(token.person);
    if (token.person !== undefined && !isOf(person, kept)) return undefined;
    await this.#touch(where, kept);
    return { token, ...(person && { person }) };
  }

  async end({ id, person }: SessionToken): Promise<void> {
    await this.#basics.store.delete(place(person, id));
  }

  /** The person's own, the newest first. */
  async list(person: Person): Promise<readonly ListedSession[]> {
    const prefix = place(person.id, '');
    const found = await this.#basics.store.list<KeptSession>(prefix);
    return found
      .filter(([, kept]) => isOf(person, kept))
      .map(([key, kept]) => ({ ...kept, id: key.slice(prefix.length) }))
      .sort((a, b) => b.madeAtMs - a.madeAtMs);
  }

  /** Says whether the person had such a session. */
  endOf(personId: string, id: string): Promise<boolean> {
    return /^[\w-]{1,64}$/.test(id)
      ? this.#basics.store.delete(place(personId, id))
      : Promise.resolve(false);
  }

  /** What is left of somebody's sessions; that they are void is their era's doing. */
  async sweep(personId: string): Promise<void> {
    const { store } = this.#basics;
    for (const [key] of await store.list(place(personId, ''))) await store.delete(key);
  }

  async #touch(where: string, { usedAtMs, expiresAtMs }: KeptSession): Promise<void> {
    const nowMs = this.#basics.now();
    if (nowMs - usedAtMs < TOUCH_MS) return;
    await this.#basics.store.update<KeptSession>(where, (kept) =>
      kept
        ? {
            value: { ...kept, usedAtMs: nowMs },
            expiresAtMs: Math.min(nowMs + IDLE_MS, expiresAtMs),
          }
        : undefined,
    );
  }

  #signingKey(): string {
    return `${this.#basics.keys.tokens}:${this.#adminKey}`;
  }
}

function isOf(person: Person | undefined, { era }: KeptSession): boolean {
  return person !== undefined && person.disabledAtMs === undefined && person.era === era;
}

function place(personId: string | undefined, id: string): string {
  return `session:${personId ?? 'admin'}:${id}`;
}
