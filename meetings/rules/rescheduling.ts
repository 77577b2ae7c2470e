import { after, given } from './given.ts';
import type { Meeting, MeetingChange } from './meeting.ts';
import { occurrenceAt } from './schedule.ts';
import type { Exception } from './schedule.ts';

/** The meeting with its times after a change. A new time closes it again. */
export function rescheduled(meeting: Meeting, change: MeetingChange): Meeting {
  const { startsAtMs, durationMinutes, timeZone, recurrence, exceptions, openedAtMs, ...rest } =
    meeting;
  const isMoved = change.startsAtMs !== undefined && change.startsAtMs !== startsAtMs;
  const next: Meeting = {
    ...rest,
    ...given('startsAtMs', after(startsAtMs, change.startsAtMs)),
    ...given('durationMinutes', after(durationMinutes, change.durationMinutes)),
    ...given('timeZone', after(timeZone, change.timeZone)),
    ...given('recurrence', after(recurrence, change.recurrence)),
    ...given('openedAtMs', isMoved ? undefined : openedAtMs),
  };
  // Exceptions are from times that the series still has.
  const kept = exceptions?.filter(({ atMs }) => occurrenceAt(next, atMs) !== undefined) ?? [];
  return kept.length === 0 ? next : { ...next, exceptions: kept };
}

/** With one occurrence taken out, moved, or (`undefined`) as the rule has it again. */
export function withException(
  meeting: Meeting,
  atMs: number,
  exception: Exception | undefined,
): Meeting {
  const others = (meeting.exceptions ?? []).filter((each) => each.atMs !== atMs);
  const exceptions = exception === undefined ? others : [...others, exception];
  return revised(meeting, { ...meeting, exceptions });
}

/** Counts a change of what invitations say: calendars take the one with the highest number. */
export function revised(before: Meeting, after: Meeting): Meeting {
  const isSame = INVITED_TO.every((field) => before[field] === after[field]);
  return isSame ? after : { ...after, revision: (before.revision ?? 0) + 1 };
}

const INVITED_TO = [
  ...(['name', 'startsAtMs', 'durationMinutes', 'timeZone', 'recurrence'] as const),
  ...(['exceptions', 'extension', 'language', 'endedAtMs'] as const),
];
