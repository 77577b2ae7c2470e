import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventLog, LogSettings } from '../../meetings/events/event-log.ts';
import { openLmdbLog } from '../../meetings/events/lmdb-log.ts';
import { openRedisLog } from '../../meetings/events/redis-log.ts';
import type { Note } from '../../protocol/room/feed.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import { hasRedis, startRedis } from './redis-server.ts';

/** Where a log is kept: it may be opened, closed and opened again. */
export interface LogPlace {
  /** For a program of its own. */
  readonly address: string;
  open(settings: LogSettings): Promise<EventLog>;
  remove(): Promise<void>;
}

export interface LogMaker {
  readonly name: string;
  readonly skip: boolean;
  place(): Promise<LogPlace>;
}

export const LOG_MAKERS: readonly LogMaker[] = [
  {
    name: 'LMDB',
    skip: false,
    place: () => {
      const address = mkdtempSync(join(tmpdir(), 'partyline-events-'));
      return Promise.resolve({
        address,
        open: (settings: LogSettings) => openLogAt(address, settings),
        remove: () => Promise.resolve(rmSync(address, { recursive: true })),
      });
    },
  },
  {
    name: hasRedis ? 'Redis' : 'Redis (redis-server is not installed)',
    skip: !hasRedis,
    place: async () => {
      const server = await startRedis();
      const { url } = server;
      return {
        address: url,
        open: (settings) => openLogAt(url, settings),
        remove: () => server.stop(),
      };
    },
  },
];

/** A directory, or a `redis://` address. */
export function openLogAt(address: string, settings: LogSettings): Promise<EventLog> {
  if (address.startsWith('redis:')) return openRedisLog({ url: address, ...settings });
  return Promise.resolve(openLmdbLog(address, settings));
}

/** A fact about the n-th meeting that tells the two states of it apart. */
export function lockNote(room: RoomId, locked: boolean): Note {
  return { kind: 'event', event: { kind: 'room-updated', room, locked, recording: false } };
}

export function roomNumber(n: number): RoomId {
  const letters = n.toString(32).replace(/[^a-v]/g, (digit) => 'abcdefghij'[Number(digit)] ?? 'a');
  return `m-${letters.padStart(16, 'a')}` as RoomId;
}
