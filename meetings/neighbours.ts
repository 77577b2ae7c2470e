import { isRoomId } from '../protocol/room/room.ts';
import type { Alarms } from './alarms.ts';
import type { Bans } from './bans.ts';
import type { Basics } from './basics.ts';
import type { Meetings } from './meetings.ts';
import type { People } from './people/people.ts';
import type { StoreChange } from './store/store.ts';
import type { Trunks } from './trunks.ts';

interface Tellers {
  readonly meetings: Meetings;
  readonly bans: Bans;
  readonly alarms: Alarms;
  readonly trunks: Trunks;
  readonly people: People;
}

/** Has each part tell its listeners what other processes changed in the store. Returns how to stop. */
export function hearNeighbours({ store, log }: Basics, tellers: Tellers): () => void {
  const { meetings, bans, alarms, trunks, people } = tellers;
  const hear = (prefix: string, one: (name: string) => unknown, all: () => unknown) =>
    store.watch(prefix, (change) => {
      if (isOurs(change)) return;
      const work = change.kind === 'unsure' ? all() : one(change.key.slice(prefix.length));
      Promise.resolve(work).catch((error: unknown) =>
        log('warn', 'what another process changed could not be read', { why: String(error) }),
      );
    });
  const stops = [
    // After a gap, whoever watches a person looks again by themselves.
    hear(
      'person:',
      (id) => people.changedElsewhere(id),
      () => undefined,
    ),
    hear(
      'meeting:',
      (id) => isRoomId(id) && meetings.changedElsewhere(id),
      () => meetings.allChangedElsewhere(),
    ),
    hear(
      'bans:',
      (scope) => bans.changedElsewhere(scope),
      async () => {
        bans.changedElsewhere('house');
        for (const { id } of await meetings.list()) bans.changedElsewhere(id);
      },
    ),
    hear(
      'alarm:',
      () => alarms.changedElsewhere(),
      () => alarms.changedElsewhere(),
    ),
    hear(
      'trunks',
      () => trunks.changedElsewhere(),
      () => trunks.changedElsewhere(),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function isOurs(change: StoreChange): boolean {
  return change.kind === 'changed' && change.by === 'us';
}
