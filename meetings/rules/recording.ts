import { isRoomId } from '../../protocol/room/room.ts';
import type { RoomId } from '../../protocol/room/room.ts';

/** What people say of a recording. The sound itself, and when it was made, is the file's own. */
export interface RecordingNote {
  /** The meeting's name when it was recorded. */
  readonly name?: string;
  /** Whoever has its link may listen. */
  readonly published?: boolean;
  readonly meta?: Readonly<Record<string, string>>;
}

export interface Recording extends Required<RecordingNote> {
  /** The meeting's id and the second it began: `m-…-20260131T120000Z`. */
  readonly id: string;
  readonly room: RoomId;
  readonly startedAtMs: number;
  /** Absent while it grows. */
  readonly endedAtMs?: number;
  readonly durationMs: number;
  readonly bytes: number;
}

const ID = /^(m-[a-z2-7]{16})-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** What the id of a recording tells; `undefined` where it is none. Only such names become paths. */
export function parseRecordingId(
  id: string,
): { readonly room: RoomId; readonly startedAtMs: number } | undefined {
  const [, room = '', year, month, day, hours, minutes, seconds] = ID.exec(id) ?? [];
  if (!isRoomId(room)) return undefined;
  const startedAtMs = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(startedAtMs) ? undefined : { room, startedAtMs };
}

/** How long a WAV file of so many bytes sounds, by its first 44 (RIFF); 0 where it is none. */
export function soundMs(head: Uint8Array, bytes: number): number {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.byteLength < 44 || view.getUint32(0) !== RIFF || view.getUint32(8) !== WAVE) return 0;
  const bytesPerSecond = view.getUint32(28, true);
  return bytesPerSecond === 0 ? 0 : Math.round((Math.max(0, bytes - 44) * 1_000) / bytesPerSecond);
}

const RIFF = 0x52494646;
const WAVE = 0x57415645;
