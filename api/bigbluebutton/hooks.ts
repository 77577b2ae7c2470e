import type { Store } from '../../meetings/store/store.ts';

/** Where events go. */
export interface Hook {
  readonly id: number;
  readonly callbackURL: string;
  /** Absent: of all meetings. */
  readonly meetingID?: string;
  /** Absent: all. */
  readonly eventIDs?: readonly string[];
}

interface Kept {
  readonly nextId: number;
  readonly hooks: readonly Hook[];
}

export type Hooked =
  { readonly kind: 'made' | 'there-already'; readonly hook: Hook } | { readonly kind: 'too-many' };

const PLACE = 'bbb:hooks';
const MOST = 100;
const NONE: Kept = { nextId: 1, hooks: [] };

/** The callbacks that clients asked for. They survive restarts. */
export class Hooks {
  readonly #store: Store;
  #known: readonly Hook[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  /** As last read or written here. */
  get known(): readonly Hook[] {
    return this.#known;
  }

  async list(): Promise<readonly Hook[]> {
    const kept = (await this.#store.get<Kept>(PLACE)) ?? NONE;
    return (this.#known = kept.hooks);
  }

  /** One a callback URL; asked again it is the one that is there. */
  async add(wish: Omit<Hook, 'id'>): Promise<Hooked> {
    let result: Hooked = { kind: 'too-many' };
    await this.#update(({ nextId, hooks }) => {
      const known = hooks.find(({ callbackURL }) => callbackURL === wish.callbackURL);
      if (known) result = { kind: 'there-already', hook: known };
      if (known || hooks.length >= MOST) return undefined;
      const hook = { ...wish, id: nextId };
      result = { kind: 'made', hook };
      return { nextId: nextId + 1, hooks: [...hooks, hook] };
    });
    return result;
  }

  /** Says whether there was one. */
  async remove(id: number): Promise<boolean> {
    return this.removeWhere((hook) => hook.id === id);
  }

  /** Says whether any was. */
  async removeWhere(isOver: (hook: Hook) => boolean): Promise<boolean> {
    let found = false;
    await this.#update(({ nextId, hooks }) => {
      const rest = hooks.filter((hook) => !isOver(hook));
      found = rest.length < hooks.length;
      return found ? { nextId, hooks: rest } : undefined;
    });
    return found;
  }

  async #update(change: (now: Kept) => Kept | undefined): Promise<void> {
    let seen: Kept = NONE;
    await this.#store.update<Kept>(PLACE, (now = NONE) => {
      const after = change(now);
      seen = after ?? now;
      return after && { value: after };
    });
    this.#known = seen.hooks;
  }
}
