import { openCallFolders } from './call-folders.ts';
import type { Config } from './config.ts';
import { afterRealTime } from './meetings/basics.ts';
import { recordHistory } from './meetings/history/open.ts';
import type { WatchedRooms } from './meetings/history/chronicle.ts';
import type { SigningKeys } from './meetings/keys.ts';
import type { MeetingsParts } from './meetings/open.ts';
import type { Random } from './meetings/rules/ids.ts';
import { Formats } from './meetings/recordings/formats.ts';
import { keepRecordings } from './meetings/recordings/keeper.ts';
import { Recordings } from './meetings/recordings/recordings.ts';
import type { Store } from './meetings/store/store.ts';
import type { Log } from './protocol/log.ts';
import type { ParticipantId, RoomId } from './protocol/room/room.ts';
import type { OpenRooms } from './rooms.ts';
import type { Started } from './started.ts';
import { findFfmpeg } from './switch/media/ffmpeg.ts';

interface Given {
  readonly meetings: MeetingsParts;
  readonly all: Pick<OpenRooms, 'rooms' | 'ours'>;
  readonly store: Store;
  readonly keys: SigningKeys;
  readonly random: Random;
  readonly log: Log;
  /** What is to be undone at the end. */
  readonly started: Started;
}

/** What is written down of meetings, as the API uses it. */
export interface Records {
  /** Absent where meetings are not recorded. */
  readonly recordings?: Recordings;
  readonly onWish: (leg: ParticipantId, by: string) => void;
}

/** History and recordings: begins to write down what happens in the rooms that this process drives. */
export function startRecords(config: Config, given: Given): Records {
  const { meetings, all, store, random, log } = given;
  const history = recordHistory(meetings, driven(all), { store, now: Date.now, random, log });
  const { recordings, stop } = openRecordings(config, given);
  given.started.push(() => {
    stop();
    return history.stop();
  });
  return {
    ...(recordings && { recordings }),
    onWish: (leg, by) => history.wished(leg, by),
  };
}

function driven({ rooms, ours }: Given['all']): WatchedRooms {
  return {
    rooms: () => ours.rooms(),
    subscribe: (listener) => ours.subscribe(listener),
    engines: () => rooms.engines(),
    identityOf: (leg) => rooms.identityOf?.(leg) ?? Promise.resolve(undefined),
    onCallEnded: (listener) => rooms.onCallEnded?.(listener) ?? (() => undefined),
  };
}

function openRecordings(config: Config, { meetings, all, store, keys, log }: Given) {
  const { recordingsDir } = openCallFolders(config);
  if (recordingsDir === undefined) return { recordings: undefined, stop: () => undefined };
  const isRecording = (room: RoomId): boolean => all.rooms.rooms().get(room)?.recording ?? false;
  const formats = new Formats(findFfmpeg(config.ffmpeg, process.env.PATH ?? ''));
  const recordings = new Recordings({ store, keys }, { dir: recordingsDir, formats, isRecording });
  const stop = keepRecordings({
    recordings,
    rooms: all.ours,
    nameOf: async (room) => (await meetings.meetings.get(room))?.name,
    days: config.recordingDays,
    now: Date.now,
    after: afterRealTime,
    log,
  });
  return { recordings, stop };
}
