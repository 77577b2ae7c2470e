import type { Language } from '../protocol/call/language.ts';
import { isRoomId } from '../protocol/room/room.ts';
import type { Role, RoomId } from '../protocol/room/room.ts';
import type { CalledAccount } from '../protocol/http/line.ts';
import type { Accounts, PhoneAccount, PhoneBinding } from './accounts.ts';
import type { Addresses } from './basics.ts';
import type { BrowserCredentialRecord, Browsers } from './browsers.ts';
import type { CodeDoor } from './code-door.ts';
import type { Extensions } from './extensions.ts';
import type { Lines } from './lines.ts';
import type { Meetings } from './meetings.ts';
import { isCode, isExtension } from './rules/codes.ts';
import { given } from './rules/given.ts';
import { isUsername } from './rules/names.ts';
import type { Trunk } from '../protocol/call/trunk.ts';
import type { Trunks } from './trunks.ts';

type DialledNumber =
  | { readonly kind: 'throttled' | 'unknown' }
  | ({ readonly kind: 'account' } & CalledAccount)
  | { readonly kind: 'reception'; readonly language?: Language }
  | {
      readonly kind: 'meeting';
      readonly room: RoomId;
      readonly role: Role;
      readonly by: 'code' | 'extension' | 'id';
      readonly person?: { readonly id: string; readonly name: string };
    };

interface Shelves {
  readonly accounts: Accounts;
  readonly browsers: Browsers;
  readonly meetings: Meetings;
  readonly extensions: Extensions;
  readonly door: CodeDoor;
  readonly addresses: Addresses;
  readonly trunks: Trunks;
  readonly lines: Lines;
}

/** What the gateway asks about people and numbers. */
export class PhoneDirectory {
  readonly #shelves: Shelves;

  constructor(shelves: Shelves) {
    this.#shelves = shelves;
  }

  /** Names come from the network: one that cannot be an account is looked up nowhere. */
  account(username: string): Promise<PhoneAccount | undefined> {
    return isUsername(username) ? this.#shelves.accounts.get(username) : Promise.resolve(undefined);
  }

  browserCredential(username: string): Promise<BrowserCredentialRecord | undefined> {
    return /^web-[a-z2-7]{16}$/.test(username)
      ? this.#shelves.browsers.find(username)
      : Promise.resolve(undefined);
  }

  bindings(username: string): Promise<readonly PhoneBinding[]> {
    return isUsername(username) ? this.#shelves.accounts.bindings(username) : Promise.resolve([]);
  }

  async setBindings(username: string, bindings: readonly PhoneBinding[]): Promise<void> {
    if (isUsername(username)) await this.#shelves.accounts.setBindings(username, bindings);
  }

  /** An access number is one even where it looks like an extension. */
  async dialled(user: string, source: string): Promise<DialledNumber> {
    const access = await this.#accessNumber(user);
    if (access) return { kind: 'reception', ...given('language', access.language) };
    if (isRoomId(user)) return this.#byId(user);
    if (isExtension(user)) return this.#byExtension(user);
    if (!isCode(user)) return this.#byName(user);
    const result = await this.#shelves.door.open(user, source);
    return result.kind === 'meeting' ? { ...result, by: 'code' } : result;
  }

  dialledAccount(user: string): Promise<CalledAccount | undefined> {
    return this.#shelves.lines.dialled(user);
  }

  lineCredential(username: string): ReturnType<Lines['credential']> {
    return this.#shelves.lines.credential(username);
  }

  planNumber(...wanted: Parameters<Lines['plan']>): ReturnType<Lines['plan']> {
    return this.#shelves.lines.plan(...wanted);
  }

  callOver(booking: string): Promise<void> {
    return this.#shelves.lines.over(booking);
  }

  trunks(): Promise<readonly Trunk[]> {
    return this.#shelves.trunks.list();
  }

  subscribeTrunks(listener: () => void): () => void {
    return this.#shelves.trunks.subscribe(listener);
  }

  async #byName(user: string): Promise<DialledNumber> {
    const account = await this.#shelves.lines.dialled(user);
    return account ? { kind: 'account', ...account } : { kind: 'unknown' };
  }

  /** Of the house, or of a trunk; numbers of the network always begin with `+`. */
  async #accessNumber(user: string): Promise<{ readonly language?: Language } | undefined> {
    const own = this.#shelves.addresses.dialIn.find(({ number }) => number === user);
    if (own || !user.startsWith('+')) return own;
    const trunks = await this.#shelves.trunks.list();
    return trunks.flatMap(({ numbers }) => numbers).find(({ number }) => number === user);
  }

  async #byId(room: RoomId): Promise<DialledNumber> {
    const meeting = await this.#shelves.meetings.get(room);
    if (!meeting) return { kind: 'unknown' };
    return { kind: 'meeting', room, role: 'participant', by: 'id' };
  }

  async #byExtension(extension: string): Promise<DialledNumber> {
    const room = await this.#shelves.extensions.find(extension);
    if (!room) return this.#byName(extension);
    return { kind: 'meeting', room, role: 'participant', by: 'extension' };
  }
}
