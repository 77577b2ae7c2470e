import type { Basics } from '../basics.ts';
import { afterRealTime } from '../basics.ts';
import { Leases } from '../leases.ts';
import type { MeetingsParts } from '../open.ts';
import { letters } from '../rules/ids.ts';
import type { WatchedRooms } from './chronicle.ts';
import { HistoryRecorder } from './recorder.ts';

/** Begins to write down who meets in `rooms`. */
export function recordHistory(
  { history, meetings }: Pick<MeetingsParts, 'history' | 'meetings'>,
  rooms: WatchedRooms,
  basics: Pick<Basics, 'store' | 'now' | 'random' | 'log'>,
): HistoryRecorder {
  const { store, now, random, log } = basics;
  const recorder = new HistoryRecorder({
    rooms,
    shelf: history,
    leases: new Leases(store, `history-${letters(16, random)}`),
    nameOf: async (room) => (await meetings.get(room))?.name,
    now,
    random,
    after: afterRealTime,
    log,
  });
  recorder.start();
  return recorder;
}
