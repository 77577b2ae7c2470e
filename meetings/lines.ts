import type { SipGrant } from '../protocol/http/views.ts';
import type { CalledAccount, LineEntry } from '../protocol/http/line.ts';
import type { Accounts, PhoneAccount } from './accounts.ts';
import type { Browsers, LineCredentialRecord } from './browsers.ts';
import type { DialOut } from './dial-out.ts';
import type { Extensions } from './extensions.ts';
import { isExtension } from './rules/codes.ts';
import { letters } from './rules/ids.ts';
import type { Random } from './rules/ids.ts';
import { isUsername, usernameFrom } from './rules/names.ts';
import type { Person } from './rules/people.ts';
import { farSource } from './rules/sources.ts';

interface Shelves {
  readonly accounts: Accounts;
  readonly browsers: Browsers;
  readonly extensions: Extensions;
  readonly dialOut: DialOut;
  readonly random: Random;
}

/** Somebody's telephone, with what a browser needs to be one of its phones for a while. */
export interface OwnLine {
  readonly account: PhoneAccount;
  readonly sip: SipGrant;
}

type NumberPlan =
  | { readonly kind: 'call'; readonly to: TrunkTarget; readonly maxMs?: number }
  | { readonly kind: 'refused'; readonly status: 403 | 404 | 503 };
type TrunkTarget = Extract<
  Extract<Awaited<ReturnType<DialOut['plan']>>, { ok: true }>['to'],
  { kind: 'trunk' }
>;

/** A phone of an account wants a number called. */
interface LineCaller {
  readonly account: string;
  /** The address it called from; a browser's is our own. */
  readonly source: string;
}

/** Where the extensions that people are given by themselves begin. */
const FIRST = 201;
const LAST = 899;

/** The telephones of people: an account each, with an extension; who can be called, and which numbers. */
export class Lines {
  readonly #shelves: Shelves;

  constructor(shelves: Shelves) {
    this.#shelves = shelves;
  }

  /** The person's account, made where they have none, and credentials for one browser of theirs. */
  async open(person: Person): Promise<OwnLine> {
    const account = await this.#numbered((await this.#ownOf(person)) ?? (await this.#make(person)));
    return { account, sip: await this.#shelves.browsers.grantLine(account.username) };
  }

  /** Everybody who can be called, by name. */
  async entries(): Promise<readonly LineEntry[]> {
    const accounts = await this.#shelves.accounts.list();
    return accounts
      .map(({ username, name, extension }) => ({
        username,
        name,
        ...(extension !== undefined && { extension }),
      }))
      .sort((one, other) => one.name.localeCompare(other.name));
  }

  /** Gives an account this extension in place of its own; `false` where it reaches something else. */
  async number(username: string, extension: string): Promise<boolean> {
    const { accounts, extensions } = this.#shelves;
    if (!(await extensions.claimForAccount(extension, username))) return false;
    await accounts.change(username, { extension });
    return true;
  }

  /** Whose phones an extension or an account's name calls. */
  async dialled(user: string): Promise<CalledAccount | undefined> {
    const { accounts, extensions } = this.#shelves;
    const username = isExtension(user) ? await extensions.accountAt(user) : user;
    if (username === undefined || !isUsername(username)) return undefined;
    const account = await accounts.get(username);
    return account && { username, name: account.name, number: account.extension ?? username };
  }

  async credential(
    username: string,
  ): Promise<(LineCredentialRecord & { readonly account: PhoneAccount }) | undefined> {
    const record = await this.#shelves.browsers.findLine(username);
    const account = record && (await this.#shelves.accounts.get(record.username));
    return account && record && { ...record, account };
  }

  /** Booked under `booking` where it may be called. */
  async plan(booking: string, number: string, by: LineCaller): Promise<NumberPlan> {
    const personId = (await this.#shelves.accounts.get(by.account))?.personId;
    const who = personId === undefined ? `account ${by.account}` : `person ${personId}`;
    const plan = await this.#shelves.dialOut.plan(
      booking,
      { number },
      { who, from: farSource(by.source) },
    );
    if (!plan.ok) return { kind: 'refused', status: STATUS[plan.why] ?? 403 };
    if (plan.to.kind !== 'trunk') return { kind: 'refused', status: 404 };
    const { to, maxMs } = plan;
    return { kind: 'call', to, ...(maxMs !== undefined && { maxMs }) };
  }

  over(booking: string): Promise<void> {
    return this.#shelves.dialOut.over(booking);
  }

  /** The first that was theirs, where they have several. */
  async #ownOf({ id }: Person): Promise<PhoneAccount | undefined> {
    const all = await this.#shelves.accounts.list();
    const own = all.filter(({ personId }) => personId === id);
    return own.sort((one, other) => one.createdAtMs - other.createdAtMs)[0];
  }

  /** Named as they sign in where that is free. Nobody learns the password: desk phones get a new one. */
  async #make(person: Person): Promise<PhoneAccount> {
    const { accounts, random } = this.#shelves;
    const wanted = usernameFrom(person.login ?? person.name);
    for (let username = wanted; ; username = `${wanted.slice(0, 20)}-${letters(4, random)}`) {
      const made = isUsername(username) && (await accounts.create(username, person.name));
      if (!made) continue;
      return (await accounts.change(username, { personId: person.id })) ?? made.account;
    }
  }

  async #numbered(account: PhoneAccount): Promise<PhoneAccount> {
    const { accounts, extensions } = this.#shelves;
    if (account.extension !== undefined) return account;
    for (let number = FIRST; number <= LAST; number++) {
      const extension = String(number);
      if (await extensions.isTaken(extension)) continue;
      if (await this.number(account.username, extension))
        return (await accounts.get(account.username)) ?? account;
    }
    return account;
  }
}

/** What a caller hears of a number that may not be called. */
const STATUS: Readonly<Record<string, 403 | 404 | 503>> = {
  'not-a-number': 404,
  'no-trunk': 503,
  concurrent: 503,
  'per-day': 503,
};
