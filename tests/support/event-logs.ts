import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventLog, LogSettings } from '../../meetings/events/event-log.ts';
import { openLogAt } from './log-at.ts';
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
    place: placeOnLmdb,
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

export function placeOnLmdb(): Promise<LogPlace> {
  const address = mkdtempSync(join(tmpdir(), 'partyline-events-'));
  return Promise.resolve({
    address,
    open: (settings: LogSettings) => openLogAt(address, settings),
    remove: () => Promise.resolve(rmSync(address, { recursive: true })),
  });
}
