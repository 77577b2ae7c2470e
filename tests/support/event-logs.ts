import { rmSync } from 'node:fs';
import type { EventLog, LogSettings } from '../../meetings/events/event-log.ts';
import { openLogAt } from './log-at.ts';
import { quickFolder } from './quick-folder.ts';
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
  /** Whether several processes may have one log. */
  readonly isShared: boolean;
  place(): Promise<LogPlace>;
}

export const LOG_MAKERS: readonly LogMaker[] = [
  {
    name: 'LMDB',
    skip: false,
    isShared: false,
    place: placeOnLmdb,
  },
  {
    name: hasRedis ? 'Redis' : 'Redis (redis-server is not installed)',
    skip: !hasRedis,
    isShared: true,
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
  const address = quickFolder('partyline-events');
  return Promise.resolve({
    address,
    open: (settings: LogSettings) => openLogAt(address, settings),
    remove: () => Promise.resolve(rmSync(address, { recursive: true })),
  });
}
