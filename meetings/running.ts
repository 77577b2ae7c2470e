import type { RoomControl } from '../protocol/room/control.ts';
import type { Log } from '../protocol/log.ts';
import type { Family } from './attendance.ts';
import { afterRealTime } from './basics.ts';
import { Gatherings } from './gatherings.ts';
import { Leases } from './leases.ts';
import type { Meetings } from './meetings.ts';
import type { Random } from './rules/ids.ts';
import { letters } from './rules/ids.ts';
import type { Store } from './store/store.ts';

export interface RunningOptions {
  readonly store: Store;
  readonly meetings: Meetings;
  readonly rooms: RoomControl;
  readonly family: Family;
  readonly now: () => number;
  readonly random: Random;
  readonly log: Log;
}

/** What meetings do by themselves while people are in them. Returns how to stop it. */
export function runMeetings(options: RunningOptions): () => Promise<void> {
  const leases = new Leases(options.store, `gatherings-${letters(16, options.random)}`);
  const gatherings = new Gatherings({ ...options, leases, after: afterRealTime });
  gatherings.start();
  return () => gatherings.stop();
}
