import { rmSync } from 'node:fs';
import type { EventLog } from '../../meetings/events/event-log.ts';
import { openLmdbLog } from '../../meetings/events/lmdb-log.ts';
import { Recorder } from '../../meetings/events/recorder.ts';
import type { RecorderParts } from '../../meetings/events/recorder.ts';
import type { RoomControl } from '../../protocol/room/control.ts';
import type { TestMeetings } from './meetings.ts';
import { quickFolder } from './quick-folder.ts';

export interface Recorded {
  readonly events: EventLog;
  readonly recorder: Recorder;
  stop(): Promise<void>;
}

/** What happens in these rooms and meetings, written down in a log of its own. */
export function record(
  { parts, settings, store, clock }: TestMeetings,
  rooms: RoomControl,
  events?: EventLog,
  {
    isWhole = () => rooms.engines().every(({ state }) => state === 'joined'),
    ours = rooms,
  }: Partial<Pick<RecorderParts, 'isWhole' | 'ours'>> = {},
): Recorded {
  const directory = quickFolder('partyline-events');
  const log = settings.log ?? (() => undefined);
  const kept = events ?? openLmdbLog(directory, { now: clock.now, log });
  const { meetings, breakouts, views, alarms } = parts;
  const recorder = new Recorder({
    ...{ events: kept, rooms, ours, isWhole, meetings, breakouts, views, alarms, store, log },
    after: settings.after ?? afterSoon,
  });
  return {
    events: kept,
    recorder,
    stop: async () => {
      await recorder.stop();
      if (events === undefined) await kept.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function afterSoon(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
