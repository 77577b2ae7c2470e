import type { AccountView } from '../protocol/http/views.ts';
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
  readonly createdAtMs: number;
  readonly ha1: Ha1;
}

/** What of it can be changed; `null` makes it nobody's. */
export interface AccountChange {
  readonly name?: string | undefined;
  readonly personId?: string | null | undefined;
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

/** An account with the password nobody will see again. */
export interface NewAccount {
  readonly account: PhoneAccount;
  readonly password: string;
}

/** RFC 3261 section 19.1.2. */
const SIP_PORT = 5060;
/** 20 letters of 5 random bits: easy to type into a phone's web page. */
const PASSWORD_LETTERS = 20;

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

  async delete(username: string): Promise<boolean> {
    const existed = await this.#basics.store.delete(key(username));
    await this.#basics.store.delete(bindingsKey(username));
    return existed;
  }

  get(username: string): Promise<PhoneAccount | undefined> {
    return this.#basics.store.get<PhoneAccount>(key(username));
  }

  async list(): Promise<readonly PhoneAccount[]> {
    const found = await this.#basics.store.list<PhoneAccount>('account:');
    return found.map(([, account]) => account);
  }

  /** Those that have not run out. */
  async bindings(username: string): Promise<readonly PhoneBinding[]> {
    const found = await this.#basics.store.get<readonly PhoneBinding[]>(bindingsKey(username));
    return (found ?? []).filter((binding) => binding.expiresAtMs > this.#basics.now());
  }

  async setBindings(username: string, bindings: readonly PhoneBinding[]): Promise<void> {
    if (bindings.length === 0) {
      await this.#basics.store.delete(bindingsKey(username));
      return;
    }
    const expiresAtMs = Math.max(...bindings.map((binding) => binding.expiresAtMs));
    await this.#basics.store.put(bindingsKey(username), { value: bindings, expiresAtMs });
  }

  #make(who: Omit<PhoneAccount, 'ha1'>, password = this.#password()): NewAccount {
    const digests = ha1(who.username, this.#realm, password);
    return { account: { ...who, ha1: digests }, password };
  }

  #password(): string {
    return letters(PASSWORD_LETTERS, this.#basics.random);
  }
}

function changed(account: PhoneAccount, { name, personId }: AccountChange): PhoneAccount {
  const { personId: before, ...rest } = account;
  const after = personId === undefined ? before : (personId ?? undefined);
  return {
    ...rest,
    name: name ?? account.name,
    ...(after !== undefined && { personId: after }),
  };
}

function key(username: string): string {
  return `account:${username}`;
}

function bindingsKey(username: string): string {
  return `bindings:${username}`;
}
