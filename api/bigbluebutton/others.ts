import type { Store, StoreChange } from '../../meetings/store/store.ts';
import type { Errands } from './errands.ts';
import type { Hooks } from './hooks.ts';
import { MEETINGS, PEOPLE } from './shelf.ts';
import type { Shelf } from './shelf.ts';
import type { Watch } from './watch.ts';

interface Listeners {
  readonly shelf: Shelf;
  readonly hooks: Hooks;
  readonly watch: Watch;
  readonly errands: Errands;
}

/**
 * Hears what other processes put into the store: hooks, meetings, and who was let in. After a gap all
 * is read anew. Returns how to stop.
 */
export function hearOthers(store: Store, { shelf, hooks, watch, errands }: Listeners): () => void {
  const readHooks = async () => void (await hooks.list());
  const hear = (prefix: string, read: (change: StoreChange) => Promise<void>) =>
    store.watch(prefix, (change) => {
      if (change.kind === 'changed' && change.by === 'us') return;
      void errands.run('hearing of other processes', () => read(change));
    });
  const stops = [
    hear('bbb:hooks', readHooks),
    hear(MEETINGS, async (change) => {
      const made = change.kind === 'unsure' ? await shelf.list() : [await shelf.at(change.key)];
      for (const meeting of made) if (meeting) await watch.takeUp(meeting);
    }),
    hear(PEOPLE, async (change) => {
      if (change.kind === 'unsure') return watch.knowPeople();
      await shelf.learn(change.key);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
