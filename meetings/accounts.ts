import type { AccountView } from '../protocol/http/views.ts';
import type { RoomId } from '../protocol/room/room.ts';
import type { Addresses, Basics } from './basics.ts';
import { ha1 } from './ha1.ts';
import type { Ha1 } from './ha1.ts';
import { letters } from './rules/ids.ts';

/** A desk phone's account. Only digests of its password are kept. */
export interface PhoneAccount {
  readonly username: string;
  readonly name: string;
  /** Whose phone it is, where that is somebody with an account of ours. */
  readonly personId?: string;
  /** By which it is called; it holds only where `Extensions` says so too. */
  readonly extension?: string;
  readonly createdAtMs: number;
  readonly ha1: Ha1;
}

/** What of it can be changed; `null` makes it nobody's. */
export interface AccountChange {
  readonly name?: string | undefined;
  readonly personId?: string | null | undefined;
  readonly extension?: string | undefined;
}

/** A contact a phone registered, as the gateway hands it over. */
export interface PhoneBinding {
  readonly contact: string;
  readonly transport: 'udp' | 'tcp' | 'ws';
  readonly address: string;
  readonly port: number;
  readonly callId: string;
  readonly cseq: number;
  readonly userAgent: string;
  readonly expiresAtMs: number;
}

/** A binding as it is kept: since when that contact has been registered without a gap. */
export interface KeptBinding extends PhoneBinding {
  readonly sinceMs?: number;
}

/** When an account's phone last came to a meeting's door, and to whose. */
export interface LastCall {
  readonly atMs: number;
  readonly room: RoomId;
}

/** An account with the password nobody will see again. */
export interface NewAccount {
  readonly account: PhoneAccount;
  readonly password: string;
}

/** RFC 3261 section 19.1.2. */
const SIP_PORT = 5060;
/** 20 letters of 5 random bits: easy to type into a phone's web page. */
const PASSWORD_LETTERS = 20;
/** So long what was deleted can be had back. */
const UNDO_MS = 3_600_000;
/** So long it is known when a phone last called. */
const LAST_CALL_MS = 90 * 86_400_000;

export class Accounts {
  readonly #basics: Basics;
  readonly #addresses: Addresses;
  readonly #realm: string;

  constructor(basics: Basics, addresses: Addresses, realm: string) {
    this.#basics = basics;
    this.#addresses = addresses;
    this.#realm = realm;
  }

  /** Where phones register, as one types it into them. A port is named even where it is the usual one. */
  get server(): AccountView['server'] {
    const { sipHost } = this.#addresses;
    const address = /:\d+$/.test(sipHost) ? sipHost : `${sipHost}:${SIP_PORT}`;
    return { address, transports: ['udp', 'tcp'] };
  }

  /** `undefined` where the username is taken. */
  async create(username: string, name: string): Promise<NewAccount | undefined> {
    const made = this.#make({ username, name, createdAtMs: this.#basics.now() });
    const isNew = await this.#basics.store.create(key(username), { value: made.account });
    return isNew ? made : undefined;
  }

  /** What was registered stays. `undefined` where there is none of that name. */
  async change(username: string, change: AccountChange): Promise<PhoneAccount | undefined> {
    let after: PhoneAccount | undefined;
    await this.#basics.store.update<PhoneAccount>(key(username), (account) => {
      after = account && changed(account, change);
      return after && { value: after };
    });
    return after;
  }

  /** A new password; what was registered with the old one is forgotten. */
  async rotate(username: string): Promise<NewAccount | undefined> {
    let made: NewAccount | undefined;
    const password = this.#password();
    await this.#basics.store.update<PhoneAccount>(key(username), (account) => {
      made = account && this.#make(account, password);
      return made && { value: made.account };
    });
    if (made) await this.#basics.store.delete(bindingsKey(username));
    return made;
  }

  /** It can be had back for an hour; nothing of it opens anything meanwhile. */
  async delete(username: string): Promise<boolean> {
    const account = await this.get(username);
    if (!account) return false;
    const expiresAtMs = this.#basics.now() + UNDO_MS;
    await this.#basics.store.put(deletedKey(username), { value: account, expiresAtMs });
    const existed = await this.#basics.store.delete(key(username));
    await this.#basics.store.delete(bindingsKey(username));
    await this.#basics.store.delete(lastCallKey(username));
    return existed;
  }

  /** What was deleted, with its password as it was. `taken`: there is one of that name. */
  async restore(username: string): Promise<PhoneAccount | 'taken' | undefined> {
    const { store } = this.#basics;
    if (await this.get(username)) return 'taken';
    const account = await store.get<PhoneAccount>(deletedKey(username));
    if (!account) return undefined;
    if (!(await store.create(key(username), { value: account }))) return 'taken';
    await store.delete(deletedKey(username));
    return account;
  }

  get(username: string): Promise<PhoneAccount | undefined> {
    return this.#basics.store.get<PhoneAccount>(key(username));
  }

  async list(): Promise<readonly PhoneAccount[]> {
    const found = await this.#basics.store.list<PhoneAccount>('account:');
    return found.map(([, account]) => account);
  }

  /** How many there are, and how many of them have a phone registered. */
  async counts(): Promise<{ readonly accounts: number; readonly registered: number }> {
    const { store } = this.#basics;
    const accounts = await store.list('account:');
    const bound = await store.list('bindings:');
    return { accounts: accounts.length, registered: bound.length };
  }

  /** Those that have not run out. */
  async bindings(username: string): Promise<readonly KeptBinding[]> {
    const found = await this.#basics.store.get<readonly KeptBinding[]>(bindingsKey(username));
    return (found ?? []).filter((binding) => binding.expiresAtMs > this.#basics.now());
  }

  async setBindings(username: string, bindings: readonly PhoneBinding[]): Promise<void> {
    if (bindings.length === 0) {
      await this.#basics.store.delete(bindingsKey(username));
      return;
    }
    const before = await this.bindings(username);
    const value = bindings.map((binding) => ({
      ...binding,
      sinceMs: this.#since(binding, before),
    }));
    const expiresAtMs = Math.max(...bindings.map((binding) => binding.expiresAtMs));
    await this.#basics.store.put(bindingsKey(username), { value, expiresAtMs });
  }

  #since({ contact }: PhoneBinding, before: readonly KeptBinding[]): number {
    return before.find((each) => each.contact === contact)?.sinceMs ?? this.#basics.now();
  }

  /** Its phone is at a meeting's door. */
  async called(username: string, room: RoomId): Promise<void> {
    const atMs = this.#basics.now();
    const kept = { value: { atMs, room }, expiresAtMs: atMs + LAST_CALL_MS };
    await this.#basics.store.put<LastCall>(lastCallKey(username), kept);
  }

  lastCall(username: string): Promise<LastCall | undefined> {
    return this.#basics.store.get<LastCall>(lastCallKey(username));
  }

  #make(who: Omit<PhoneAccount, 'ha1'>, password = this.#password()): NewAccount {
    const digests = ha1(who.username, this.#realm, password);
    return { account: { ...who, ha1: digests }, password };
  }

  #password(): string {
    return letters(PASSWORD_LETTERS, this.#basics.random);
  }
}

function changed(
  account: PhoneAccount,
  { name, personId, extension }: AccountChange,
): PhoneAccount {
  const { personId: before, ...rest } = account;
  const after = personId === undefined ? before : (personId ?? undefined);
  return {
    ...rest,
    name: name ?? account.name,
    ...(extension !== undefined && { extension }),
    ...(after !== undefined && { personId: after }),
  };
}

function key(username: string): string {
  return `account:${username}`;
}

function deletedKey(username: string): string {
  return `deleted-account:${username}`;
}

function lastCallKey(username: string): string {
  return `last-call:${username}`;
}

function bindingsKey(username: string): string {
  return `bindings:${username}`;
}
