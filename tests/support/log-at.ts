import type { EventLog, LogSettings } from '../../meetings/events/event-log.ts';
import type { Note } from '../../protocol/room/feed.ts';
import type { RoomId } from '../../protocol/room/room.ts';

/** A directory, or a `redis://` address. Only what is needed is loaded: programs that die soon start sooner. */
export async function openLogAt(address: string, settings: LogSettings): Promise<EventLog> {
  if (address.startsWith('redis:')) {
    const { openRedisLog } = await import('../../meetings/events/redis-log.ts');
    return openRedisLog({ url: address, ...settings });
  }
  const { openLmdbLog } = await import('../../meetings/events/lmdb-log.ts');
  return openLmdbLog(address, settings);
}

/** A fact about the n-th meeting that tells the two states of it apart. */
export function lockNote(room: RoomId, locked: boolean): Note {
  return { kind: 'event', event: { kind: 'room-updated', room, locked, recording: false } };
}

export function roomNumber(n: number): RoomId {
  const letters = n.toString(32).replace(/[^a-v]/g, (digit) => 'abcdefghij'[Number(digit)] ?? 'a');
  return `m-${letters.padStart(16, 'a')}` as RoomId;
}
