import type { RoomId } from '../protocol/room/room.ts';

/** Where a recording that begins now goes: `<dir>/<room>-20260131T120000Z.wav`. */
export function recordingPath(dir: string, room: RoomId, nowMs: number): string {
  const at = new Date(nowMs).toISOString().replace(/\.\d+|[-:]/g, '');
  return `${dir.replace(/\/+$/, '')}/${room}-${at}.wav`;
}
