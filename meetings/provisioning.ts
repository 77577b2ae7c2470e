import { createHash } from 'node:crypto';
import type { PhoneLine } from '../protocol/provisioning/line.ts';
import type { Accounts, NewAccount } from './accounts.ts';
import type { Basics } from './basics.ts';
import { given } from './rules/given.ts';
import { secret } from './rules/ids.ts';
import { seal, unseal } from './sealed.ts';

/** Long enough to walk to the phone and type an address. */
const OFFERED_MS = 15 * 60_000;
/** Phones ask twice, try again, and read what they saved; then nobody else has to. */
const AFTER_FETCH_MS = 2 * 60_000;
/** So long it is known that a phone fetched its settings. */
const REMEMBERED_MS = 24 * 3_600_000;
const TOKEN_BYTES = 24;
const NONCE_BYTES = 12;
const MAX_USER_AGENT = 100;

/** An account's settings, waiting for a phone to fetch them. */
export interface Offer {
  /** What the address holds; whoever has it gets the password. */
  readonly token: string;
  readonly expiresAtMs: number;
}

/** How it went. */
export interface OfferState {
  readonly expiresAtMs: number;
  readonly fetchedAtMs?: number;
  /** The User-Agent that the phone told. */
  readonly fetchedBy?: string;
}

interface KeptOffer {
  readonly username: string;
  /** The password, sealed by the token: the store alone does not show it. */
  readonly sealed: string;
}

interface KeptState extends OfferState {
  readonly id: string;
}

/**
 * Settings that a phone fetches by an address of its own. One at a time for an account: good for a
 * quarter of an hour, and for two minutes once it was fetched.
 */
export class Provisioning {
  readonly #basics: Basics;
  readonly #accounts: Accounts;

  constructor(basics: Basics, accounts: Accounts) {
    this.#basics = basics;
    this.#accounts = accounts;
  }

  /** The one offered before, if any, is good no more. */
  async offer({ account: { username }, password }: NewAccount): Promise<Offer> {
    await this.withdraw(username);
    const { store, random, now } = this.#basics;
    const token = secret(TOKEN_BYTES, random);
    const id = idOf(token);
    const expiresAtMs = now() + OFFERED_MS;
    const value: KeptOffer = { username, sealed: seal(password, token, random(NONCE_BYTES)) };
    await store.put(offerKey(id), { value, expiresAtMs });
    await this.#remember(username, { id, expiresAtMs });
    return { token, expiresAtMs };
  }

  /** What a phone gets for a token; `undefined` where it is wrong, or no longer good. */
  async fetch(token: string, userAgent: string): Promise<PhoneLine | undefined> {
    const id = idOf(token);
    const offer = await this.#basics.store.get<KeptOffer>(offerKey(id));
    const account = offer && (await this.#accounts.get(offer.username));
    if (!offer || !account) return undefined;
    const state = await this.#basics.store.get<KeptState>(stateKey(offer.username));
    if (state?.id !== id) return undefined;
    if (state.fetchedAtMs === undefined) await this.#fetched(offer, state, userAgent);
    return {
      username: account.username,
      name: account.name,
      password: unseal(offer.sealed, token),
      server: this.#accounts.server.address,
      transport: 'udp',
    };
  }

  /** Of the account's last offer, for a day. */
  async stateOf(username: string): Promise<OfferState | undefined> {
    const state = await this.#basics.store.get<KeptState>(stateKey(username));
    if (!state) return undefined;
    const { expiresAtMs, fetchedAtMs, fetchedBy } = state;
    return {
      expiresAtMs,
      ...given('fetchedAtMs', fetchedAtMs),
      ...given('fetchedBy', fetchedBy),
    };
  }

  /** Its address is good no more. */
  async withdraw(username: string): Promise<void> {
    const { store } = this.#basics;
    const state = await store.get<KeptState>(stateKey(username));
    if (!state) return;
    await store.delete(offerKey(state.id));
    await store.delete(stateKey(username));
  }

  async #fetched(offer: KeptOffer, state: KeptState, userAgent: string): Promise<void> {
    const fetchedAtMs = this.#basics.now();
    const expiresAtMs = Math.min(state.expiresAtMs, fetchedAtMs + AFTER_FETCH_MS);
    const fetchedBy = userAgent.replace(/[^\x20-\x7e]/g, '').slice(0, MAX_USER_AGENT);
    await this.#basics.store.put(offerKey(state.id), { value: offer, expiresAtMs });
    await this.#remember(offer.username, { id: state.id, expiresAtMs, fetchedAtMs, fetchedBy });
  }

  async #remember(username: string, value: KeptState): Promise<void> {
    const expiresAtMs = this.#basics.now() + REMEMBERED_MS;
    await this.#basics.store.put(stateKey(username), { value, expiresAtMs });
  }
}

/** What is kept names the token by its digest: the store opens nothing. */
function idOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function offerKey(id: string): string {
  return `provision:${id}`;
}

function stateKey(username: string): string {
  return `provision-of:${username}`;
}
