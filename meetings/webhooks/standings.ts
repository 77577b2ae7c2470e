import { newStanding } from '../rules/webhooks/standing.ts';
import type { Standing } from '../rules/webhooks/standing.ts';
import type { Store } from '../store/store.ts';

/** How each webhook stands. Who sends and who asks by the API change it in turn. */
export class Standings {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async begin(id: string, deliveredTo: number): Promise<void> {
    await this.#store.put<Standing>(place(id), { value: newStanding(deliveredTo) });
  }

  /** Undefined where the webhook is gone. */
  get(id: string): Promise<Standing | undefined> {
    return this.#store.get<Standing>(place(id));
  }

  /** As it stands after `change`, which must be pure. A webhook that is gone stays gone. */
  async change(
    id: string,
    change: (standing: Standing) => Standing,
  ): Promise<{ readonly before: Standing; readonly after: Standing } | undefined> {
    let result: { before: Standing; after: Standing } | undefined;
    await this.#store.update<Standing>(place(id), (before) => {
      const after = before && change(before);
      result = before && after && { before, after };
      return after === undefined || after === before ? undefined : { value: after };
    });
    return result;
  }

  async forget(id: string): Promise<void> {
    await this.#store.delete(place(id));
  }
}

function place(id: string): string {
  return `hook-standing:${id}`;
}
