import type { RoomControl } from '../../protocol/room/control.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import type { After } from '../basics.ts';
import type { Log } from '../../protocol/log.ts';
import type { Recordings } from './recordings.ts';

const DAY_MS = 86_400_000;
const LOOK_MS = 3_600_000;

export interface KeeperOptions {
  readonly recordings: Recordings;
  readonly rooms: Pick<RoomControl, 'subscribe'>;
  readonly nameOf: (room: RoomId) => Promise<string | undefined>;
  /** 0: until somebody deletes them. */
  readonly days: number;
  readonly now: () => number;
  readonly after: After;
  readonly log: Log;
}

/** Notes what a meeting is called when it is recorded, and deletes what is too old. Returns how to stop. */
export function keepRecordings(options: KeeperOptions): () => void {
  const { recordings, rooms, nameOf, after, log } = options;
  const attempt = (what: string, work: () => Promise<unknown>): void => {
    work().catch((error: unknown) => log('warn', `${what} failed`, { why: String(error) }));
  };
  const deaf = rooms.subscribe((fact) => {
    if (fact.kind !== 'room-updated' || !fact.recording) return;
    const { room } = fact;
    attempt('the note of a recording', async () => {
      const name = await nameOf(room);
      if (name !== undefined) await recordings.describe(room, { name });
    });
  });
  let stop = (): void => undefined;
  const look = (): void => {
    attempt('the deletion of old recordings', () => deleteOld(options));
    stop = after(LOOK_MS, look);
  };
  if (options.days > 0) look();
  return () => {
    deaf();
    stop();
  };
}

async function deleteOld({ recordings, days, now, log }: KeeperOptions): Promise<void> {
  const count = await recordings.deleteBefore(now() - days * DAY_MS);
  if (count > 0) log('info', 'old recordings were deleted', { count, days });
}
