import type { SipGrant } from '../protocol/http/views.ts';
import type { Role, RoomId } from '../protocol/room/room.ts';
import type { Addresses, Basics } from './basics.ts';
import { ha1 } from './ha1.ts';
import type { Ha1 } from './ha1.ts';
import { iceServers } from './rules/ice.ts';
import { letters, secret } from './rules/ids.ts';
import { BROWSER_PREFIX, isLineName, LINE_PREFIX } from './rules/names.ts';

/** So long a browser may begin its call with one credential. */
const LIFE_MS = 5 * 60_000;
/** A browser that is a telephone asks for new credentials long before. */
const LINE_LIFE_MS = 15 * 60_000;
/** A call may go through TURN for a working day; the TURN server may ask again in its midst. */
const TURN_LIFE_MS = 12 * 3_600_000;

/** Who will call, where to, and as what. */
export interface BrowserCaller {
  readonly room: RoomId;
  readonly role: Role;
  readonly name: string;
  readonly personId: string;
  /** Of a softphone of ours: the next call of the same stay takes this one's place. */
  readonly stay?: string;
}

export interface BrowserCredentialRecord extends BrowserCaller {
  readonly username: string;
  readonly ha1: Ha1;
  readonly expiresAtMs: number;
}

/** Makes a browser one of an account's phones. */
export interface LineCredentialRecord {
  /** The account's. */
  readonly username: string;
  readonly ha1: Ha1;
  readonly expiresAtMs: number;
}

interface Granted {
  readonly username: string;
  readonly password: string;
  readonly expiresAtMs: number;
}

/** Short-lived SIP credentials for browsers: one meeting, five minutes, a random password. */
export class Browsers {
  readonly #basics: Basics;
  readonly #addresses: Addresses;
  readonly #realm: string;

  constructor(basics: Basics, addresses: Addresses, realm: string) {
    this.#basics = basics;
    this.#addresses = addresses;
    this.#realm = realm;
  }

  async grant(caller: BrowserCaller): Promise<SipGrant> {
    const { store, now, random } = this.#basics;
    const username = BROWSER_PREFIX + letters(16, random);
    const password = secret(16, random);
    const expiresAtMs = now() + LIFE_MS;
    const record: BrowserCredentialRecord = {
      ...caller,
      username,
      ha1: ha1(username, this.#realm, password),
      expiresAtMs,
    };
    await store.put(key(username), { value: record, expiresAtMs });
    return this.#granted({ username, password, expiresAtMs }, username);
  }

  /** For a browser that is one of an account's phones; its own name is for the digest alone. */
  async grantLine(account: string): Promise<SipGrant> {
    const { store, now, random } = this.#basics;
    const username = LINE_PREFIX + letters(16, random);
    const password = secret(16, random);
    const expiresAtMs = now() + LINE_LIFE_MS;
    const digests = ha1(username, this.#realm, password);
    const value: LineCredentialRecord = { username: account, ha1: digests, expiresAtMs };
    await store.put(lineKey(username), { value, expiresAtMs });
    return this.#granted({ username, password, expiresAtMs }, account);
  }

  findLine(username: string): Promise<LineCredentialRecord | undefined> {
    return isLineName(username)
      ? this.#basics.store.get<LineCredentialRecord>(lineKey(username))
      : Promise.resolve(undefined);
  }

  #granted({ username, password, expiresAtMs }: Granted, user: string): SipGrant {
    const { now } = this.#basics;
    const { ice = { stunUrls: [], turnUrls: [] } } = this.#addresses;
    const servers = iceServers(ice, { borrower: username, expiresAtMs: now() + TURN_LIFE_MS });
    return {
      uri: `sip:${user}@${this.#addresses.sipHost}`,
      username,
      password,
      wsUrl: `${this.#addresses.publicUrl().replace(/^http/, 'ws')}/sip`,
      expiresAt: new Date(expiresAtMs).toISOString(),
      ...(servers.length > 0 && { iceServers: servers }),
    };
  }

  find(username: string): Promise<BrowserCredentialRecord | undefined> {
    return this.#basics.store.get<BrowserCredentialRecord>(key(username));
  }
}

function lineKey(username: string): string {
  return `line:${username}`;
}

function key(username: string): string {
  return `credential:${username}`;
}
