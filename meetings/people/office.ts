import type { Basics } from '../basics.ts';
import { letters } from '../rules/ids.ts';
import type { KeptPassword, Person, PersonChange } from '../rules/people.ts';
import type { Sessions } from '../sessions.ts';
import type { ApiKeys } from './api-keys.ts';
import { hashPassword } from './passwords.ts';
import type { NewPerson, People } from './people.ts';

/** So long somebody new has to sign in for the first time. */
const ONE_TIME_MS = 7 * 24 * 3_600_000;
/** 20 letters of 5 random bits, in four groups: to be read out or copied once. */
const GROUPS = [5, 5, 5, 5] as const;

interface Parts {
  readonly people: People;
  readonly sessions: Sessions;
  readonly keys: ApiKeys;
}

/** A person with the password that is good for one time, and shown once. */
export interface WithOneTime {
  readonly person: Person;
  readonly oneTimePassword: string;
}

/** What those who run people do. Whoever is disabled or deleted is out in the same moment. */
export class Office {
  readonly #basics: Basics;
  readonly #parts: Parts;

  constructor(basics: Basics, parts: Parts) {
    this.#basics = basics;
    this.#parts = parts;
  }

  /** `undefined` where the login is taken. */
  async add(wish: Omit<NewPerson, 'password'>): Promise<WithOneTime | undefined> {
    const { text, password } = await this.#oneTime();
    const person = await this.#parts.people.create({ ...wish, password });
    return person && { person, oneTimePassword: text };
  }

  /** A new one-time password in place of the one they had. `undefined` where they have no login. */
  async reset(id: string): Promise<WithOneTime | undefined> {
    const before = await this.#parts.people.get(id);
    if (before?.login === undefined) return undefined;
    const { text, password } = await this.#oneTime();
    const person = await this.#parts.people.setPassword(id, password);
    await this.#parts.sessions.sweep(id);
    return person && { person, oneTimePassword: text };
  }

  async change(id: string, change: PersonChange): Promise<Person | undefined> {
    const after = await this.#parts.people.change(id, change);
    if (after?.disabledAtMs !== undefined) await this.#sweep(id);
    return after;
  }

  /** Says whether there was one. */
  async remove(id: string): Promise<boolean> {
    const existed = await this.#parts.people.delete(id);
    if (existed) await this.#sweep(id);
    return existed;
  }

  async #sweep(id: string): Promise<void> {
    await this.#parts.sessions.sweep(id);
    await this.#parts.keys.sweep(id);
  }

  async #oneTime(): Promise<{ readonly text: string; readonly password: KeptPassword }> {
    const { random, now } = this.#basics;
    const text = GROUPS.map((count) => letters(count, random)).join('-');
    const hash = await hashPassword(text);
    return { text, password: { hash, oneTime: { expiresAtMs: now() + ONE_TIME_MS } } };
  }
}
