import { RRuleTemporal } from 'rrule-temporal';
import { momentOf, utc, wallOf } from './zoned-time.ts';

/** A first time and how it comes again. */
export interface Series {
  /** Milliseconds since 1970. */
  readonly startsAtMs: number;
  /** IANA. */
  readonly timeZone: string;
  /** As `checkedRecurrence` gives it. */
  readonly recurrence: string;
}

export type RecurrenceCheck =
  | { readonly ok: true; readonly recurrence: string }
  /** One English sentence that says what to do. */
  | { readonly ok: false; readonly detail: string };

/** RFC 5545 section 3.3.10, without what nobody meets by: hours, minutes, days of the year, weeks. */
const PARTS: Readonly<Record<string, RegExp>> = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^[1-9]\d?$/,
  COUNT: /^[1-9]\d{0,2}$/,
  UNTIL: /^\d{8}(T\d{6}Z)?$/,
  BYDAY: list('([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)'),
  BYMONTHDAY: list('-?([1-9]|[12]\\d|3[01])'),
  BYMONTH: list('([1-9]|1[0-2])'),
  BYSETPOS: list('-?[1-9]\\d?'),
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
};

const LONGEST = 200;
const DAY_MS = 86_400_000;

/** A recurrence rule in capitals and without `RRULE:`, where it is one that we take. */
export function checkedRecurrence(text: string): RecurrenceCheck {
  const recurrence = text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '');
  if (recurrence.length > LONGEST) return no(`A recurrence has at most ${LONGEST} characters.`);
  const pairs = recurrence.split(';').map((part) => part.split('='));
  const names = pairs.map(([name = '']) => name);
  const strange = pairs.find(([name = '', value = '', ...more]) => {
    return more.length > 0 || PARTS[name]?.test(value) !== true;
  });
  if (strange !== undefined)
    return no(`"${strange.join('=').slice(0, 40)}" is no part of a recurrence that is known here.`);
  if (new Set(names).size < names.length) return no('Name each part of the recurrence once.');
  if (!names.includes('FREQ')) return no('A recurrence begins with FREQ, such as FREQ=WEEKLY.');
  if (names.includes('COUNT') && names.includes('UNTIL'))
    return no('Give the recurrence a COUNT or an UNTIL, not both.');
  return ordinals(recurrence) ?? { ok: true, recurrence };
}

/** "The second Monday" is one of a month or a year. */
function ordinals(recurrence: string): RecurrenceCheck | undefined {
  const counted = /BYDAY=[^;]*\d/.test(recurrence);
  if (counted && /FREQ=(DAILY|WEEKLY)/.test(recurrence))
    return no('Numbered days, such as 2MO, are for FREQ=MONTHLY and FREQ=YEARLY.');
  const setPos = recurrence.includes('BYSETPOS=');
  if (setPos && !/BY(DAY|MONTHDAY|MONTH)=/.test(recurrence))
    return no('BYSETPOS needs a BYDAY, BYMONTHDAY or BYMONTH to choose from.');
  return undefined;
}

/**
 * When it starts from then on, so many times, in order. The hour on the wall stays: an hour that the
 * clocks skip is taken for the one after it, an hour that comes twice for the first (RFC 5545, 3.3.10).
 */
export function startsFrom(series: Series, fromMs: number, count: number): readonly number[] {
  const rule = compiled(series);
  const starts: number[] = [];
  // A day earlier on the wall is earlier on every clock.
  let after = wallOf(fromMs, series.timeZone) - DAY_MS;
  while (starts.length < count) {
    const wall = next(rule, after);
    if (wall === undefined) break;
    after = wall;
    const ms = momentOf(wall, series.timeZone);
    if (ms >= fromMs) starts.push(ms);
  }
  return starts;
}

/** Reckoned by the wall alone: the rules of time zones come in afterwards. */
function compiled({ startsAtMs, timeZone, recurrence }: Series): RRuleTemporal {
  return new RRuleTemporal({
    rruleString: recurrence.replace(/UNTIL=(\w+)/, (_, until: string) => {
      return `UNTIL=${untilOnTheWall(until, timeZone)}`;
    }),
    dtstart: utc(wallOf(startsAtMs, timeZone)),
  });
}

/** A day means its whole; a moment is in UTC. */
function untilOnTheWall(until: string, timeZone: string): string {
  if (!until.includes('T')) return `${until}T235959Z`;
  return compact(wallOf(utcIn(until), timeZone));
}

/** The rule as calendars want it: UNTIL is a moment in UTC wherever the start has an hour. */
export function recurrenceForCalendars({ recurrence, timeZone }: Series): string {
  return recurrence.replace(/UNTIL=(\d{8})(?!\w)/, (_, day: string) => {
    return `UNTIL=${compact(momentOf(utcIn(`${day}T235959Z`), timeZone))}`;
  });
}

/** `20260119T075959Z` */
function utcIn(text: string): number {
  const [year, month, day, hour, minute, second] = text
    .match(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/)!
    .slice(1)
    .map(Number);
  return Date.UTC(year!, month! - 1, day, hour, minute, second);
}

function compact(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');
}

/** `undefined` also where it never comes within the library's 10,000 periods: 30 February. */
function next(rule: RRuleTemporal, afterMs: number): number | undefined {
  try {
    return rule.next(new Date(afterMs))?.epochMilliseconds;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Maximum iterations')) return undefined;
    throw error;
  }
}

function list(item: string): RegExp {
  return new RegExp(`^${item}(,${item}){0,30}$`);
}

function no(detail: string): RecurrenceCheck {
  return { ok: false, detail };
}
