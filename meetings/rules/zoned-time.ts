import { Temporal } from 'temporal-polyfill';

/** A moment at which the clocks of a place were or will be put forward or back. */
export interface ClockChange {
  /** What they show then before they are changed, as if it were UTC. Milliseconds since 1970. */
  readonly wallMs: number;
  readonly fromMinutes: number;
  /** East of UTC. */
  readonly toMinutes: number;
}

export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+-]*(\/[\w+-]+){0,2}$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The hour on the wall there, as if it were UTC. */
export function wallOf(ms: number, timeZone: string): number {
  return ms + offsetMinutes(ms, timeZone) * MINUTE_MS;
}

/** An hour that the clocks skip is taken for the one after it, one that comes twice for the first. */
export function momentOf(wallMs: number, timeZone: string): number {
  const there = utc(wallMs).toPlainDateTime();
  return there.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
}

export function utc(ms: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('UTC');
}

export function offsetMinutes(ms: number, timeZone: string): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
  return Math.round(zoned.offsetNanoseconds / 60e9);
}

/** Changes of the clocks after `fromMs` and before `untilMs`, in order. */
export function clockChanges(
  timeZone: string,
  fromMs: number,
  untilMs: number,
): readonly ClockChange[] {
  const changes: ClockChange[] = [];
  let at: Temporal.ZonedDateTime | null =
    Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(timeZone);
  while ((at = at.getTimeZoneTransition('next')) !== null && at.epochMilliseconds < untilMs) {
    const ms = at.epochMilliseconds;
    const fromMinutes = offsetMinutes(ms - 1, timeZone);
    const toMinutes = offsetMinutes(ms, timeZone);
    changes.push({ wallMs: ms + fromMinutes * MINUTE_MS, fromMinutes, toMinutes });
  }
  return changes;
}

const MINUTE_MS = 60_000;
