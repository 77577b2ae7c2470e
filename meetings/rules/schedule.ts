import { startsFrom } from './recurrence.ts';

/** One time of a series that is not as the rule has it. `atMs` names it: when the rule has it. */
export type Exception =
  | { readonly kind: 'skipped'; readonly atMs: number }
  | { readonly kind: 'moved'; readonly atMs: number; readonly startsAtMs: number };

/** When a meeting is. Times are milliseconds since 1970; a permanent meeting has none. */
export interface Schedule {
  readonly startsAtMs?: number;
  readonly durationMinutes?: number;
  /** IANA. */
  readonly timeZone?: string;
  /** RFC 5545; see recurrence.ts. */
  readonly recurrence?: string;
  readonly exceptions?: readonly Exception[];
  /** When a moderator opened it before its time. */
  readonly openedAtMs?: number;
  /** Of a series: all that begin up to then are over, however long they were to be. */
  readonly overUntilMs?: number;
}

/** One time at which a meeting takes place. */
export interface Occurrence {
  /** When the rule has it: its name, whatever becomes of it. */
  readonly atMs: number;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly skipped?: true;
  readonly moved?: true;
}

const USUAL_MINUTES = 60;
/** So long after its end an occurrence still takes people in; whoever is inside stays. */
export const LATE_MS = 30 * 60_000;
const MINUTE_MS = 60_000;
/** Neighbours of these many series are remembered: lists ask for them again and again. */
const MOST_REMEMBERED = 5_000;

export function isSeries(
  schedule: Schedule,
): schedule is Schedule & { readonly startsAtMs: number; readonly recurrence: string } {
  return schedule.recurrence !== undefined && schedule.startsAtMs !== undefined;
}

/** What ends after `fromMs`, the first to start first, the skipped among them; none if permanent. */
export function occurrences(
  schedule: Schedule,
  fromMs: number,
  limit: number,
): readonly Occurrence[] {
  const lengthMs = lengthOf(schedule);
  if (schedule.startsAtMs === undefined) return [];
  if (!isSeries(schedule)) {
    const one = plain(schedule.startsAtMs, lengthMs);
    return one.endsAtMs > fromMs && limit > 0 ? [one] : [];
  }
  const exceptions = schedule.exceptions ?? [];
  const starts = ruleStarts(schedule, fromMs - lengthMs + 1, limit + exceptions.length);
  const named = new Set(exceptions.map(({ atMs }) => atMs));
  return [
    ...starts.filter((atMs) => !named.has(atMs)).map((atMs) => plain(atMs, lengthMs)),
    ...exceptions.map((exception) => excepted(exception, lengthMs)),
  ]
    .filter(({ endsAtMs }) => endsAtMs > fromMs)
    .sort((a, b) => a.startsAtMs - b.startsAtMs)
    .slice(0, limit);
}

/** The occurrence that the rule has at `atMs`, where it has one. */
export function occurrenceAt(schedule: Schedule, atMs: number): Occurrence | undefined {
  if (!isSeries(schedule) || ruleStarts(schedule, atMs, 1)[0] !== atMs) return undefined;
  const exception = schedule.exceptions?.find((each) => each.atMs === atMs);
  const lengthMs = lengthOf(schedule);
  return exception ? excepted(exception, lengthMs) : plain(atMs, lengthMs);
}

/** The first that takes place and is not over yet, and may be going on. */
export function upcoming(schedule: Schedule, nowMs: number): Occurrence | undefined {
  const { overUntilMs = -Infinity, exceptions = [] } = schedule;
  const few = occurrences(schedule, nowMs - LATE_MS, 2 + exceptions.length);
  return few.find(({ skipped, startsAtMs }) => !skipped && startsAtMs > overUntilMs);
}

/** When a series would have begun from then on, and does not: what was left out, the first first. */
export function leftOut(schedule: Schedule, nowMs: number): readonly number[] {
  if (!isSeries(schedule)) return [];
  return (schedule.exceptions ?? [])
    .filter(({ kind, atMs }) => kind === 'skipped' && atMs + lengthOf(schedule) > nowMs)
    .map(({ atMs }) => atMs)
    .sort((a, b) => a - b);
}

/** What is wrong with the times that a wish or a change names; the meeting is as it would be. */
export function scheduleFault(schedule: Schedule): ScheduleFault | undefined {
  const { startsAtMs, timeZone, recurrence } = schedule;
  if (recurrence === undefined) return undefined;
  if (startsAtMs === undefined)
    return { field: 'startsAt', detail: 'A recurrence needs "startsAt", its first time.' };
  if (timeZone === undefined)
    return {
      field: 'timeZone',
      detail: 'A recurrence needs a "timeZone", such as Europe/Berlin: it goes by the clock there.',
    };
  const [first] = occurrences({ startsAtMs, timeZone, recurrence }, startsAtMs, 1);
  if (first?.atMs === startsAtMs) return undefined;
  return {
    field: 'startsAt',
    detail: 'The recurrence must have its first time at "startsAt": change one of them.',
  };
}

/** What a person who asks must mend, in one English sentence. */
export interface ScheduleFault {
  readonly field: string;
  readonly detail: string;
}

function lengthOf({ durationMinutes = USUAL_MINUTES }: Schedule): number {
  return durationMinutes * MINUTE_MS;
}

function plain(atMs: number, lengthMs: number): Occurrence {
  return { atMs, startsAtMs: atMs, endsAtMs: atMs + lengthMs };
}

function excepted(exception: Exception, lengthMs: number): Occurrence {
  const { atMs } = exception;
  if (exception.kind === 'skipped') return { ...plain(atMs, lengthMs), skipped: true };
  return { ...plain(exception.startsAtMs, lengthMs), atMs, moved: true };
}

interface Remembered {
  readonly fromMs: number;
  readonly starts: readonly number[];
}

const remembered = new Map<string, Remembered>();

/** As `startsFrom`; asked again before the first of them is past, nothing is reckoned anew. */
function ruleStarts(
  schedule: Schedule & { readonly startsAtMs: number; readonly recurrence: string },
  fromMs: number,
  count: number,
): readonly number[] {
  const { startsAtMs, recurrence, timeZone = 'UTC' } = schedule;
  const name = `${startsAtMs} ${timeZone} ${recurrence} ${count}`;
  const known = remembered.get(name);
  if (known && known.fromMs <= fromMs && fromMs <= (known.starts[0] ?? Infinity))
    return known.starts;
  const starts = startsFrom({ startsAtMs, recurrence, timeZone }, fromMs, count);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(name, { fromMs, starts });
  return starts;
}
