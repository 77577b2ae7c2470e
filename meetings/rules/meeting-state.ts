import type { Meeting } from './meeting.ts';
import { LATE_MS, isSeries, upcoming } from './schedule.ts';
import type { Occurrence } from './schedule.ts';

const MINUTE_MS = 60_000;

export type MeetingState = 'planned' | 'open' | 'ended';

/**
 * `planned` before it is time. A meeting of one date is open from then until somebody ends it; a series
 * is planned again after each time, and `ended` after the last.
 */
export function stateOf(meeting: Meeting, nowMs: number): MeetingState {
  if (meeting.endedAtMs !== undefined) return 'ended';
  if (meeting.startsAtMs === undefined) return 'open';
  if (!isSeries(meeting))
    return meeting.openedAtMs === undefined && opensAt(meeting, meeting.startsAtMs) > nowMs
      ? 'planned'
      : 'open';
  const next = upcoming(meeting, nowMs);
  if (next === undefined) return 'ended';
  const isTime = opensAt(meeting, next.startsAtMs) <= nowMs;
  return isTime || isOpenedFor(meeting, next) ? 'open' : 'planned';
}

/** When `stateOf` may say something else; `undefined`: not by time alone. */
export function turnsAt(meeting: Meeting, nowMs: number): number | undefined {
  if (meeting.endedAtMs !== undefined || meeting.startsAtMs === undefined) return undefined;
  const next = isSeries(meeting) ? upcoming(meeting, nowMs) : undefined;
  const opens = opensAt(meeting, next?.startsAtMs ?? meeting.startsAtMs);
  if (opens > nowMs) return opens;
  return next === undefined ? undefined : next.endsAtMs + LATE_MS;
}

function opensAt({ earlyEntryMinutes }: Meeting, startsAtMs: number): number {
  return startsAtMs - earlyEntryMinutes * MINUTE_MS;
}

/** A moderator came early, and it is not the time after the next that they came for. */
function isOpenedFor(meeting: Meeting, next: Occurrence): boolean {
  const { openedAtMs } = meeting;
  return openedAtMs !== undefined && upcoming(meeting, openedAtMs)?.atMs === next.atMs;
}

/** People have left, and it is over for this time; a permanent meeting stays open. */
export function overAt(meeting: Meeting, nowMs: number): Meeting {
  const { openedAtMs, ...rest } = meeting;
  if (meeting.endedAtMs !== undefined || meeting.startsAtMs === undefined) return meeting;
  // They came before the time and left again: the time is still to come.
  if (stateOf(rest, nowMs) === 'planned') return openedAtMs === undefined ? meeting : rest;
  if (!isSeries(rest)) return { ...rest, endedAtMs: nowMs };
  const now = upcoming(rest, nowMs);
  return now === undefined ? rest : { ...rest, overUntilMs: now.startsAtMs };
}
