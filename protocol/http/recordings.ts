import type { RoomId } from '../room/room.ts';

/** A recording of a meeting. Times are ISO 8601 in UTC. */
export interface RecordingView {
  readonly id: string;
  readonly meeting: RoomId;
  /** As the meeting was called then; empty where nobody knows. */
  readonly name: string;
  readonly state: 'recording' | 'done';
  readonly startedAt: string;
  /** Absent while it grows. */
  readonly endedAt?: string;
  readonly durationMs: number;
  /** Of the WAV file. */
  readonly bytes: number;
  readonly published: boolean;
  /** Where whoever has the address may listen; absent while it is not published. */
  readonly url?: string;
  readonly meta: Readonly<Record<string, string>>;
  /** In which it may be had. */
  readonly formats: readonly ('wav' | 'mp3' | 'opus')[];
}
