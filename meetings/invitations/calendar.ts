import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { ICalCalendar, ICalDayJsStub, ICalEventData } from 'ical-generator';
import { recurrenceForCalendars } from '../rules/recurrence.ts';
import { isSeries, occurrences } from '../rules/schedule.ts';
import type { Exception, Occurrence } from '../rules/schedule.ts';
import { wallOf } from '../rules/zoned-time.ts';
import { asHtml } from './as-html.ts';
import { asText } from './as-text.ts';
import type { Invitation } from './invitation.ts';
import { timeZoneBlock } from './time-zone.ts';

export interface CalendarOptions {
  readonly nowMs: number;
  /** Of this installation, for the organizer's address. */
  readonly host: string;
}

/**
 * The meeting for calendars (RFC 5545), published or, once it is ended, cancelled (RFC 5546). `undefined`
 * where it is permanent.
 */
export function asCalendar(invitation: Invitation, options: CalendarOptions): string | undefined {
  const { meeting } = invitation;
  const { startsAtMs } = meeting;
  if (startsAtMs === undefined) return undefined;
  const [first] = occurrences({ ...meeting, exceptions: [] }, startsAtMs, 1);
  if (first === undefined) return undefined;
  const isOver = meeting.endedAtMs !== undefined;
  const calendar = ical({
    prodId: { company: 'Partyline', product: 'Partyline', language: 'EN' },
    method: isOver ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
    timezone: { name: null, generator: (zone) => timeZoneBlock(zone, startsAtMs) },
  });
  calendar.createEvent({ ...eventOf(first, invitation, options), ...repeating(invitation) });
  if (!isOver) addMoved(calendar, invitation, options);
  return calendar.toString();
}

function eventOf(
  { startsAtMs, endsAtMs }: Occurrence,
  invitation: Invitation,
  { nowMs, host }: CalendarOptions,
): ICalEventData {
  const { meeting, link } = invitation;
  const isOver = meeting.endedAtMs !== undefined;
  return {
    id: `${meeting.id}@partyline`,
    sequence: (meeting.revision ?? 0) + (isOver ? 1 : 0),
    stamp: new Date(nowMs),
    ...span(startsAtMs, endsAtMs, meeting.timeZone),
    summary: meeting.name,
    description: { plain: asText(invitation, nowMs), html: asHtml(invitation, nowMs) },
    location: link,
    url: link,
    organizer: { name: 'Partyline', email: `partyline@${host}` },
    status: isOver ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  };
}

function span(startsAtMs: number, endsAtMs: number, timeZone: string | undefined) {
  if (timeZone === undefined) return { start: new Date(startsAtMs), end: new Date(endsAtMs) };
  return { start: onTheWall(startsAtMs), end: onTheWall(endsAtMs), timezone: timeZone };
}

/** The rule, and under it what does not take place: the library takes either as lines. */
function repeating({ meeting }: Invitation): Pick<ICalEventData, 'repeating'> {
  if (!isSeries(meeting)) return {};
  const { timeZone = 'UTC', exceptions = [] } = meeting;
  const rule = `RRULE:${recurrenceForCalendars({ ...meeting, timeZone })}`;
  const skipped = exceptions.filter(({ kind }) => kind === 'skipped');
  const lines = skipped.map(({ atMs }) => `EXDATE;TZID=${timeZone}:${local(atMs, timeZone)}`);
  return { repeating: [rule, ...lines].join('\n') };
}

function addMoved(calendar: ICalCalendar, invitation: Invitation, options: CalendarOptions): void {
  const { meeting } = invitation;
  const moved = (meeting.exceptions ?? []).filter((each) => each.kind === 'moved');
  for (const { atMs, startsAtMs } of moved as readonly Extract<Exception, { kind: 'moved' }>[]) {
    const [at] = occurrences({ durationMinutes: meeting.durationMinutes ?? 60, startsAtMs }, 0, 1);
    if (at === undefined) continue;
    calendar.createEvent({
      ...eventOf(at, invitation, options),
      recurrenceId: onTheWall(atMs),
    });
  }
}

/** The library asks such an object for the hour there; of a plain date it would take the server's. */
function onTheWall(ms: number, timeZone = 'UTC'): ICalDayJsStub {
  const formats: Readonly<Record<string, (text: string) => string>> = {
    YYYYMMDD: (text) => text.slice(0, 8),
    HHmmss: (text) => text.slice(9, 15),
  };
  return {
    isValid: () => true,
    toDate: () => new Date(ms),
    toJSON: () => new Date(ms).toISOString(),
    utc: () => onTheWall(ms),
    tz: (zone) => onTheWall(ms, zone),
    format: (format = '') => formats[format]?.(local(ms, timeZone)) ?? local(ms, timeZone),
  };
}

/** `20261123T090000` */
function local(ms: number, timeZone: string): string {
  return new Date(wallOf(ms, timeZone)).toISOString().replace(/[-:]|\.\d+Z/g, '');
}
