import type { RoomId } from '../protocol/room/room.ts';
import type { PhoneAccount } from './accounts.ts';
import type { Addresses, Basics } from './basics.ts';
import type { Meeting } from './rules/meeting.ts';

/** Before the name of an account; no room is called so. */
const ACCOUNT = 'account:';

/** Which open meeting, or which telephone, each short number belongs to. */
export class Extensions {
  readonly #basics: Basics;
  readonly #addresses: Addresses;

  constructor(basics: Basics, addresses: Addresses) {
    this.#basics = basics;
    this.#addresses = addresses;
  }

  /** Takes the number for a meeting; `false` where it reaches something else already. */
  async claim(extension: string, room: RoomId): Promise<boolean> {
    if (this.#addresses.dialIn.some(({ number }) => number === extension)) return false;
    const owner = await this.find(extension);
    if (owner && owner !== room) return false;
    if ((await this.accountAt(extension)) !== undefined) return false;
    const stood = await this.#basics.store.get<RoomId>(key(extension));
    return this.#basics.store.update<RoomId>(key(extension), (now) =>
      now === stood || now === room ? { value: room } : undefined,
    );
  }

  /** The same for somebody's telephone. */
  async claimForAccount(extension: string, username: string): Promise<boolean> {
    if (this.#addresses.dialIn.some(({ number }) => number === extension)) return false;
    if ((await this.find(extension)) !== undefined) return false;
    const owner = await this.accountAt(extension);
    if (owner !== undefined && owner !== username) return false;
    const value = ACCOUNT + username;
    const stood = await this.#basics.store.get<string>(key(extension));
    return this.#basics.store.update<string>(key(extension), (now) =>
      now === stood || now === value ? { value } : undefined,
    );
  }

  /** The account that it calls; one that is gone, or has another number now, has lost it. */
  async accountAt(extension: string): Promise<string | undefined> {
    const owner = await this.#basics.store.get<string>(key(extension));
    if (owner?.startsWith(ACCOUNT) !== true) return undefined;
    const username = owner.slice(ACCOUNT.length);
    const account = await this.#basics.store.get<PhoneAccount>(`account:${username}`);
    return account?.extension === extension ? username : undefined;
  }

  async isTaken(extension: string): Promise<boolean> {
    if (this.#addresses.dialIn.some(({ number }) => number === extension)) return true;
    if ((await this.find(extension)) !== undefined) return true;
    return (await this.accountAt(extension)) !== undefined;
  }

  /** Gives the number back, if it is still this meeting's. */
  async release(extension: string, room: RoomId): Promise<void> {
    const owner = await this.#basics.store.get<RoomId>(key(extension));
    if (owner === room) await this.#basics.store.delete(key(extension));
  }

  /** A meeting that ended, or was never finished being made, has lost its number. */
  async find(extension: string): Promise<RoomId | undefined> {
    const room = await this.#basics.store.get<RoomId>(key(extension));
    const meeting = room && (await this.#basics.store.get<Meeting>(`meeting:${room}`));
    const holds = meeting && meeting.endedAtMs === undefined && meeting.extension === extension;
    return holds ? room : undefined;
  }
}

function key(extension: string): string {
  return `extension:${extension}`;
}
