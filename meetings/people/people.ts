import { createHash } from 'node:crypto';
import type { PersonRole } from '../../protocol/http/people.ts';
import type { Basics } from '../basics.ts';
import { newPersonId } from '../rules/ids.ts';
import { changedPerson, loginOf, withPassword } from '../rules/people.ts';
import type { KeptPassword, Person, PersonChange } from '../rules/people.ts';

/** Longer than any ticket is good for. */
const GONE_MS = 31 * 24 * 3_600_000;

export interface NewPerson {
  readonly login?: string | undefined;
  readonly name: string;
  readonly role: PersonRole;
  readonly password?: KeptPassword;
}

/** What an identity provider says of somebody. */
export interface Vouched {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly role: PersonRole;
}

/** Everybody with an account here. */
export class People {
  readonly #basics: Basics;
  readonly #listeners = new Set<(personId: string) => void>();

  constructor(basics: Basics) {
    this.#basics = basics;
  }

  /** Told of each change, after it was kept. Returns how to stop. */
  subscribe(listener: (personId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Another process changed this person, or deleted them. */
  changedElsewhere(id: string): void {
    this.#tell(id);
  }

  /** What cannot be an id of ours names nobody: programs name their people as they like. */
  get(id: string): Promise<Person | undefined> {
    return isOurs(id) ? this.#basics.store.get<Person>(place(id)) : Promise.resolve(undefined);
  }

  async byLogin(typed: string): Promise<Person | undefined> {
    const id = await this.#basics.store.get<string>(loginPlace(loginOf(typed)));
    return id === undefined ? undefined : this.get(id);
  }

  /** In the order of their names. */
  async list(): Promise<readonly Person[]> {
    const found = await this.#basics.store.list<Person>('person:');
    return found.map(([, person]) => person).sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Whether somebody may come in no more: disabled, or deleted within the last month. */
  async isShutOut(id: string): Promise<boolean> {
    const person = await this.get(id);
    if (person) return person.disabledAtMs !== undefined;
    return (await this.#basics.store.get<true>(gonePlace(id))) === true;
  }

  /** `undefined` where the login is taken. */
  async create({ login, name, role, password }: NewPerson): Promise<Person | undefined> {
    const { store } = this.#basics;
    const id = newPersonId(this.#basics.random);
    const person: Person = {
      id,
      name,
      role,
      ...(login !== undefined && { login }),
      ...(password && { password }),
      createdAtMs: this.#basics.now(),
      era: 1,
      keyEra: 1,
    };
    await store.create(place(id), { value: person });
    if (login !== undefined && !(await this.#claim(loginPlace(login), id))) {
      await store.delete(place(id));
      return undefined;
    }
    this.#tell(id);
    return person;
  }

  /** Whom an identity provider vouches for, made at their first sign-in; name and role are the provider's. */
  async vouched({ issuer, subject, name, role }: Vouched): Promise<Person | undefined> {
    const index = vouchedPlace(issuer, subject);
    const id = await this.#basics.store.get<string>(index);
    const known = id === undefined ? undefined : await this.change(id, { name, role });
    if (known) return known;
    const made = await this.create({ name, role });
    if (made && (await this.#claim(index, made.id))) return made;
    if (made) await this.delete(made.id);
    return this.vouched({ issuer, subject, name, role });
  }

  async change(id: string, change: PersonChange): Promise<Person | undefined> {
    return this.#update(id, (person) => changedPerson(person, change, this.#basics.now()));
  }

  /** A new password: whoever is signed in as them is so no more. */
  setPassword(id: string, password: KeptPassword): Promise<Person | undefined> {
    return this.#update(id, (person) => withPassword(person, password));
  }

  async saw(id: string): Promise<void> {
    const lastSeenAtMs = this.#basics.now();
    await this.#basics.store.update<Person>(place(id), (person) =>
      person ? { value: { ...person, lastSeenAtMs } } : undefined,
    );
  }

  /** Says whether there was one. What they were known by may be given to somebody else. */
  async delete(id: string): Promise<boolean> {
    const person = await this.get(id);
    if (!person) return false;
    const { store, now } = this.#basics;
    await store.put(gonePlace(id), { value: true, expiresAtMs: now() + GONE_MS });
    const index = person.login === undefined ? undefined : loginPlace(person.login);
    if (index !== undefined && (await store.get<string>(index)) === id) await store.delete(index);
    const existed = await store.delete(place(id));
    this.#tell(id);
    return existed;
  }

  /** The person is there before the index names them: one whose person is gone counts for nothing. */
  async #claim(index: string, id: string): Promise<boolean> {
    const { store } = this.#basics;
    if (await store.create(index, { value: id })) return true;
    const holder = await store.get<string>(index);
    if (holder !== undefined && (await this.get(holder))) return false;
    return store.update<string>(index, (current) =>
      current === holder ? { value: id } : undefined,
    );
  }

  async #update(id: string, change: (person: Person) => Person): Promise<Person | undefined> {
    let after: Person | undefined;
    await this.#basics.store.update<Person>(place(id), (person) => {
      after = person && change(person);
      return after && { value: after };
    });
    if (after) this.#tell(id);
    return after;
  }

  #tell(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }
}

function isOurs(id: string): boolean {
  return /^p-[a-z2-7]{16}$/.test(id);
}

function place(id: string): string {
  return `person:${id}`;
}

function gonePlace(id: string): string {
  return `person-gone:${digest(id)}`;
}

function loginPlace(login: string): string {
  return `person-login:${digest(login)}`;
}

function vouchedPlace(issuer: string, subject: string): string {
  return `person-vouched:${digest(JSON.stringify([issuer, subject]))}`;
}

/** Store keys are plain, and names are not. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
