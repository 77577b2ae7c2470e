import { join } from 'node:path';
import type { Config } from './config.ts';
import { afterRealTime } from './meetings/basics.ts';
import type { EventLog } from './meetings/events/event-log.ts';
import { openLmdbLog } from './meetings/events/lmdb-log.ts';
import { Recorder } from './meetings/events/recorder.ts';
import type { MeetingsParts } from './meetings/open.ts';
import type { Store } from './meetings/store/store.ts';
import type { Log } from './protocol/log.ts';
import type { OpenRooms } from './rooms.ts';

interface Given {
  readonly meetings: MeetingsParts;
  readonly all: OpenRooms;
  readonly store: Store;
  readonly log: Log;
}

export interface EventRecords {
  readonly events: EventLog;
  /** What was told until then is written down. */
  stop(): Promise<void>;
}

/** Begins to write down what happens, in files beside the store or in Redis. */
export async function recordEvents(config: Config, given: Given): Promise<EventRecords> {
  const { meetings: parts, all, store, log } = given;
  const settings = { now: Date.now, log };
  const events =
    config.redisUrl === undefined
      ? openLmdbLog(join(config.dataDir, 'events'), settings)
      : await (await withRedis()).openRedisLog({ url: config.redisUrl, ...settings });
  const { meetings, breakouts, views, alarms } = parts;
  const recorder = new Recorder({
    ...{ events, rooms: all.rooms, ours: all.ours, meetings, breakouts, views, alarms, store, log },
    isWhole: all.isWhole,
    after: afterRealTime,
  });
  const stopFinding = all.onFound((isListed) => {
    recorder
      .found(isListed)
      .catch((error: unknown) =>
        log('warn', 'rooms that were found could not be restated', { why: String(error) }),
      );
  });
  return {
    events,
    stop: async () => {
      stopFinding();
      await recorder.stop();
      await events.close();
    },
  };
}

/** Loaded by those alone who have one. */
function withRedis() {
  return import('./meetings/events/redis-log.ts');
}
