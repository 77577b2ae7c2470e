import { masked } from '../protocol/call/masked.ts';
import { isRoomId } from '../protocol/room/room.ts';
import type { RoomId } from '../protocol/room/room.ts';
import type { Basics } from './basics.ts';
import { digestsOf, inForce, isBanned } from './rules/bans.ts';
import type { Ban, Marks } from './rules/bans.ts';
import { given } from './rules/given.ts';
import { letters } from './rules/ids.ts';

/** Nobody keeps more apart by hand; then the meeting wants a lobby. */
const MOST = 500;

export interface BanWish {
  readonly name: string;
  readonly marks: Marks;
  /** Who bans, for people to read. */
  readonly by: string;
  /** Milliseconds since 1970; absent: until somebody lifts it. */
  readonly untilMs?: number | undefined;
}

/** Where a ban holds: in one meeting, or in all there are and will be. */
export type BanScope = RoomId | 'house';

/** A ban, and where it holds. */
export interface PlacedBan {
  readonly scope: BanScope;
  readonly ban: Ban;
}

export type BanResult =
  | { readonly ok: true; readonly ban: Ban }
  /** `nothing-known`: they withhold their number, and no ticket or account names them. */
  | { readonly ok: false; readonly reason: 'nothing-known' | 'too-many' };

/** Who may not come into a meeting any more, or into any. A meeting's bans end with it, the house's do not. */
export class Bans {
  readonly #basics: Basics;
  readonly #listeners = new Set<(scope: BanScope) => void>();

  constructor(basics: Basics) {
    this.#basics = basics;
  }

  /** Told of each ban made or lifted. Returns how to stop. */
  subscribe(listener: (scope: BanScope) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The newest first. */
  async list(scope: BanScope): Promise<readonly Ban[]> {
    const kept = await this.#basics.store.get<readonly Ban[]>(bansPlace(scope));
    return inForce(kept ?? [], this.#basics.now());
  }

  /** Those of all meetings and of the house, in no order. */
  async all(): Promise<readonly PlacedBan[]> {
    const found = await this.#basics.store.list<readonly Ban[]>(PLACES);
    return found.flatMap(([place, bans]) => {
      const scope = scopeAt(place.slice(PLACES.length));
      return scope === undefined
        ? []
        : inForce(bans, this.#basics.now()).map((ban) => ({ scope, ban }));
    });
  }

  async add(scope: BanScope, { name, marks, by, untilMs }: BanWish): Promise<BanResult> {
    const { store, now, random, keys, numbers } = this.#basics;
    const digests = digestsOf(marks, keys.codes);
    if (digests.length === 0) return { ok: false, reason: 'nothing-known' };
    const number = masked(marks.number ?? '', numbers);
    const ban: Ban = {
      ...{ id: letters(16, random), name, number, bannedAtMs: now(), by, digests },
      ...given('untilMs', untilMs),
    };
    const isKept = await store.update<readonly Ban[]>(bansPlace(scope), (bans = []) => {
      const held = inForce(bans, ban.bannedAtMs);
      return held.length < MOST ? { value: [ban, ...held] } : undefined;
    });
    if (!isKept) return { ok: false, reason: 'too-many' };
    this.#tell(scope);
    return { ok: true, ban };
  }

  /** Says whether there was such a ban. */
  async lift(scope: BanScope, id: string): Promise<boolean> {
    const { store } = this.#basics;
    const lifted = await store.update<readonly Ban[]>(bansPlace(scope), (bans = []) => {
      const rest = bans.filter((ban) => ban.id !== id);
      return rest.length < bans.length ? { value: rest } : undefined;
    });
    if (lifted) this.#tell(scope);
    return lifted;
  }

  /** Whether somebody known by these marks is banned there: from that meeting, or from all. */
  async holds(room: RoomId, marks: Marks): Promise<boolean> {
    const [own, house] = await Promise.all([this.list(room), this.list('house')]);
    const bans = [...own, ...house];
    return bans.length > 0 && isBanned(bans, digestsOf(marks, this.#basics.keys.codes));
  }

  /** Whether this one ban is about somebody known by these marks. */
  isAbout(ban: Ban, marks: Marks): boolean {
    return isBanned([ban], digestsOf(marks, this.#basics.keys.codes));
  }

  /** Another process made or lifted some. `scope` is what stands in their key. */
  changedElsewhere(scope: string): void {
    const known = scopeAt(scope);
    if (known !== undefined) this.#tell(known);
  }

  #tell(scope: BanScope): void {
    for (const listener of this.#listeners) listener(scope);
  }
}

/** Where all bans lie. */
const PLACES = 'bans:';

export function bansPlace(scope: BanScope): string {
  return `${PLACES}${scope}`;
}

function scopeAt(text: string): BanScope | undefined {
  if (text === 'house') return text;
  return isRoomId(text) ? text : undefined;
}
