import type { Basics } from './basics.ts';
import { changedTrunk, trunkFault } from './rules/trunks.ts';
import type { Trunk } from '../protocol/call/trunk.ts';
import type { TrunkChange, TrunkFault } from './rules/trunks.ts';

const PLACE = 'trunks';

export type TrunkResult =
  | { readonly ok: true; readonly trunk: Trunk }
  | { readonly ok: false; readonly reason: TrunkFault | 'unknown' | 'taken' };

/** The lines to the telephone network, in the order in which they were made. */
export class Trunks {
  readonly #basics: Basics;
  readonly #listeners = new Set<() => void>();
  #known: readonly Trunk[] = [];

  constructor(basics: Basics) {
    this.#basics = basics;
  }

  /** Told of each change. Returns how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** As they were when last read; each call by them reads them. For what cannot wait. */
  get known(): readonly Trunk[] {
    return this.#known;
  }

  async list(): Promise<readonly Trunk[]> {
    this.#known = (await this.#basics.store.get<readonly Trunk[]>(PLACE)) ?? [];
    return this.#known;
  }

  async get(name: string): Promise<Trunk | undefined> {
    return (await this.list()).find((trunk) => trunk.name === name);
  }

  create(trunk: Trunk): Promise<TrunkResult> {
    return this.#change((trunks) => {
      if (trunks.some(({ name }) => name === trunk.name)) return { ok: false, reason: 'taken' };
      return { ok: true, trunk };
    });
  }

  change(name: string, change: TrunkChange): Promise<TrunkResult> {
    return this.#change((trunks) => {
      const trunk = trunks.find((each) => each.name === name);
      if (!trunk) return { ok: false, reason: 'unknown' };
      return { ok: true, trunk: changedTrunk(trunk, change) };
    });
  }

  /** Says whether there was one. Calls that are up by it stay. */
  async delete(name: string): Promise<boolean> {
    const existed = await this.#basics.store.update<readonly Trunk[]>(PLACE, (trunks = []) => {
      const rest = trunks.filter((trunk) => trunk.name !== name);
      return rest.length < trunks.length ? { value: rest } : undefined;
    });
    if (existed) await this.#changed();
    return existed;
  }

  async #change(make: (trunks: readonly Trunk[]) => TrunkResult): Promise<TrunkResult> {
    let result: TrunkResult = { ok: false, reason: 'unknown' };
    await this.#basics.store.update<readonly Trunk[]>(PLACE, (trunks = []) => {
      result = sound(make(trunks), trunks);
      return result.ok ? { value: replaced(trunks, result.trunk) } : undefined;
    });
    if (result.ok) await this.#changed();
    return result;
  }

  /** Another process changed them. */
  changedElsewhere(): Promise<void> {
    return this.#changed();
  }

  async #changed(): Promise<void> {
    await this.list();
    for (const listener of this.#listeners) listener();
  }
}

function sound(result: TrunkResult, trunks: readonly Trunk[]): TrunkResult {
  if (!result.ok) return result;
  const others = trunks.filter(({ name }) => name !== result.trunk.name);
  const fault = trunkFault(result.trunk, others);
  return fault === undefined ? result : { ok: false, reason: fault };
}

function replaced(trunks: readonly Trunk[], trunk: Trunk): readonly Trunk[] {
  const isNew = trunks.every(({ name }) => name !== trunk.name);
  return isNew
    ? [...trunks, trunk]
    : trunks.map((each) => (each.name === trunk.name ? trunk : each));
}
