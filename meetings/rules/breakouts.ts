import type { MeetingBreakouts } from '../../protocol/room/breakouts.ts';
import type { Participant, ParticipantId, RoomEnd, RoomId } from '../../protocol/room/room.ts';

/** One of a meeting's smaller rooms, for a while. */
export interface BreakoutRoom {
  readonly id: RoomId;
  readonly name: string;
  /** From 1: what callers hear. */
  readonly number: number;
}

/** The breakout rooms of a meeting, as they lie in the store. Times are milliseconds since 1970. */
export interface BreakoutSet {
  readonly main: RoomId;
  readonly rooms: readonly BreakoutRoom[];
  readonly openedAtMs: number;
  /** People choose their room themselves, and go back when they like. */
  readonly self: boolean;
  /** So long before the end it is said. */
  readonly returnWarningSeconds: number;
  /** Then everybody is brought back; absent: when a moderator says so. */
  readonly endsAtMs?: number;
  /** Seconds before the end at which it was said last. */
  readonly saidAt?: number;
}

/** What of them screens and programs are told. */
export function told({ main, rooms, self, endsAtMs }: BreakoutSet): MeetingBreakouts {
  return {
    meeting: main,
    rooms: rooms.map(({ id, name, number }) => ({ id, name, number })),
    self,
    ...(endsAtMs !== undefined && { endsAtMs }),
  };
}

/** What is due now. */
export interface BreakoutDuty {
  readonly announce?: RoomEnd;
  /** What was said then is kept. */
  readonly saidAt?: number;
  readonly bringBack: boolean;
  /** When to look again though nothing happened. */
  readonly lookAtMs?: number;
}

/** The last word before everybody comes back. */
const LAST_SECONDS = 10;
/** Whom FreeSWITCH did not move is moved again. */
const AGAIN_MS = 3_000;

export function dutyOf(set: BreakoutSet, nowMs: number): BreakoutDuty {
  const { endsAtMs, returnWarningSeconds, saidAt = Infinity } = set;
  if (endsAtMs === undefined) return { bringBack: false };
  if (endsAtMs <= nowMs) return { bringBack: true, lookAtMs: nowMs + AGAIN_MS };
  const words = [...new Set([returnWarningSeconds, LAST_SECONDS])].filter(
    (seconds) => seconds > 0 && seconds <= returnWarningSeconds,
  );
  const due = words.filter((seconds) => endsAtMs - seconds * 1_000 <= nowMs);
  const next = words.map((seconds) => endsAtMs - seconds * 1_000).filter((ms) => ms > nowMs);
  const lookAtMs = Math.min(endsAtMs, ...next);
  const seconds = Math.min(...due);
  if (due.length === 0 || seconds >= saidAt) return { bringBack: false, lookAtMs };
  const announce = { atMs: endsAtMs, why: 'breakout' } as const;
  return { announce, saidAt: seconds, bringBack: false, lookAtMs };
}

/** Those who are not moderators, dealt out like cards in the order they came. */
export function dealt(
  people: readonly Participant[],
  rooms: number,
): readonly (readonly ParticipantId[])[] {
  const dealable = people
    .filter(({ role, state }) => role === 'participant' && state === 'joined')
    .sort((a, b) => a.joinedAtMs - b.joinedAtMs);
  return Array.from({ length: rooms }, (_, room) =>
    dealable.filter((_, index) => index % rooms === room).map(({ id }) => id),
  );
}
