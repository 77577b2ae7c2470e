import { masked } from '../protocol/call/masked.ts';
import type { RoomId } from '../protocol/room/room.ts';
import type { Basics } from './basics.ts';
import { digestsOf, isBanned } from './rules/bans.ts';
import type { Ban, Marks } from './rules/bans.ts';
import { letters } from './rules/ids.ts';

/** Nobody keeps more apart by hand; then the meeting wants a lobby. */
const MOST = 500;

export interface BanWish {
  readonly name: string;
  readonly marks: Marks;
  /** Who bans, for people to read. */
  readonly by: string;
}

export type BanResult =
  | { readonly ok: true; readonly ban: Ban }
  /** `nothing-known`: they withhold their number, and no ticket or account names them. */
  | { readonly ok: false; readonly reason: 'nothing-known' | 'too-many' };

/** Who may not come into a meeting any more. Ends with the meeting. */
export class Bans {
  readonly #basics: Basics;
  readonly #listeners = new Set<(room: RoomId) => void>();

  constructor(basics: Basics) {
    this.#basics = basics;
  }

  /** Told of each ban made or lifted. Returns how to stop. */
  subscribe(listener: (room: RoomId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The newest first. */
  async list(room: RoomId): Promise<readonly Ban[]> {
    return (await this.#basics.store.get<readonly Ban[]>(bansPlace(room))) ?? [];
  }

  async add(room: RoomId, { name, marks, by }: BanWish): Promise<BanResult> {
    const { store, now, random, keys, numbers } = this.#basics;
    const digests = digestsOf(marks, keys.codes);
    if (digests.length === 0) return { ok: false, reason: 'nothing-known' };
    const number = masked(marks.number ?? '', numbers);
    const ban: Ban = { id: letters(16, random), name, number, bannedAtMs: now(), by, digests };
    const isKept = await store.update<readonly Ban[]>(bansPlace(room), (bans = []) =>
      bans.length < MOST ? { value: [ban, ...bans] } : undefined,
    );
    if (!isKept) return { ok: false, reason: 'too-many' };
    this.#tell(room);
    return { ok: true, ban };
  }

  /** Says whether there was such a ban. */
  async lift(room: RoomId, id: string): Promise<boolean> {
    const lifted = await this.#basics.store.update<readonly Ban[]>(bansPlace(room), (bans = []) => {
      const rest = bans.filter((ban) => ban.id !== id);
      return rest.length < bans.length ? { value: rest } : undefined;
    });
    if (lifted) this.#tell(room);
    return lifted;
  }

  /** Whether somebody known by these marks is banned. */
  async holds(room: RoomId, marks: Marks): Promise<boolean> {
    const bans = await this.list(room);
    return bans.length > 0 && isBanned(bans, digestsOf(marks, this.#basics.keys.codes));
  }

  /** Another process made or lifted some. */
  changedElsewhere(room: RoomId): void {
    this.#tell(room);
  }

  #tell(room: RoomId): void {
    for (const listener of this.#listeners) listener(room);
  }
}

export function bansPlace(room: RoomId): string {
  return `bans:${room}`;
}
