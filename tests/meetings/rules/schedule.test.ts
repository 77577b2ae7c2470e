import { describe, expect, test } from 'vitest';
import { admission } from '../../../meetings/rules/admission.ts';
import { overAt, stateOf, turnsAt } from '../../../meetings/rules/meeting-state.ts';
import { changed } from '../../../meetings/rules/meeting.ts';
import { checkedRecurrence, startsFrom } from '../../../meetings/rules/recurrence.ts';
import { isTimeZone } from '../../../meetings/rules/zoned-time.ts';
import { withException } from '../../../meetings/rules/rescheduling.ts';
import { occurrences, scheduleFault } from '../../../meetings/rules/schedule.ts';
import { meetingOf } from './meeting-of.ts';

const at = (iso: string): number => Date.parse(iso);
const isoOf = (ms: number): string => new Date(ms).toISOString().replace(':00.000Z', 'Z');
const MINUTE_MS = 60_000;

describe('a series goes by the clock on the wall', () => {
  const clocks = [
    // The clocks go forward on 29 March 2026 and back on 25 October.
    ['Europe/Berlin', '2026-03-27T08:00Z', ['03-27T08:00Z', '03-28T08:00Z', '03-29T07:00Z']],
    ['Europe/Berlin', '2026-10-23T07:00Z', ['10-23T07:00Z', '10-24T07:00Z', '10-25T08:00Z']],
    // On 8 March and 1 November.
    ['America/New_York', '2026-03-06T14:00Z', ['03-06T14:00Z', '03-07T14:00Z', '03-08T13:00Z']],
    ['America/New_York', '2026-10-30T13:00Z', ['10-30T13:00Z', '10-31T13:00Z', '11-01T14:00Z']],
    // Half past two is skipped in Berlin on 29 March: half past three then, and half past two again.
    ['Europe/Berlin', '2026-03-28T01:30Z', ['03-28T01:30Z', '03-29T01:30Z', '03-30T00:30Z']],
    // Half past two comes twice on 25 October: the first.
    ['Europe/Berlin', '2026-10-24T00:30Z', ['10-24T00:30Z', '10-25T00:30Z', '10-26T01:30Z']],
    ['Asia/Kolkata', '2026-03-28T03:30Z', ['03-28T03:30Z', '03-29T03:30Z', '03-30T03:30Z']],
  ] as const;
  test.each(clocks)('in %s from %s on', (timeZone, first, expected) => {
    const startsAtMs = at(first);
    const starts = startsFrom({ startsAtMs, timeZone, recurrence: 'FREQ=DAILY' }, startsAtMs, 3);
    expect(starts.map(isoOf)).toEqual(expected.map((day) => `2026-${day}`));
  });

  const rules = [
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE', ['01-05', '01-07', '01-19', '01-21']],
    ['FREQ=MONTHLY;BYDAY=1MO', ['01-05', '02-02', '03-02', '04-06']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=3', ['01-05', '02-04', '03-04', '04-03']],
    ['FREQ=DAILY;COUNT=2', ['01-05', '01-06']],
    ['FREQ=WEEKLY;UNTIL=20260119', ['01-05', '01-12', '01-19']],
    ['FREQ=WEEKLY;UNTIL=20260119T075959Z', ['01-05', '01-12']],
    ['FREQ=WEEKLY;UNTIL=20260119T080000Z', ['01-05', '01-12', '01-19']],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', []],
  ] as const;
  test.each(rules)('%s is on %j', (recurrence, days) => {
    const startsAtMs = at('2026-01-05T08:00Z');
    const series = { startsAtMs, timeZone: 'Europe/Berlin', recurrence };
    const starts = startsFrom(series, startsAtMs, 4).map((ms) => isoOf(ms).slice(5, 10));
    expect(starts).toEqual(days);
  });

  test('from a time on, the one at that very time is the first', () => {
    const series = {
      startsAtMs: at('2020-01-06T08:00Z'),
      timeZone: 'Europe/Berlin',
      recurrence: 'FREQ=WEEKLY',
    };
    const from = at('2026-11-23T08:00Z');
    expect(startsFrom(series, from, 1)).toEqual([from]);
    expect(startsFrom(series, from + 1, 1).map(isoOf)).toEqual(['2026-11-30T08:00Z']);
  });
});

describe('a recurrence', () => {
  test('is taken in small letters and with its name', () => {
    expect(checkedRecurrence(' rrule:freq=weekly;byday=mo,-1fr'.replace('-1', ''))).toEqual({
      ok: true,
      recurrence: 'FREQ=WEEKLY;BYDAY=MO,FR',
    });
  });

  const refused = [
    ...['', 'WEEKLY', 'INTERVAL=2', 'FREQ=HOURLY', 'FREQ=DAILY;FREQ=DAILY', 'FREQ=DAILY;COUNT=0'],
    ...['FREQ=DAILY;BYHOUR=9', 'FREQ=DAILY;COUNT=2;UNTIL=20270101', 'FREQ=WEEKLY;BYDAY=2MO'],
    ...['FREQ=WEEKLY;BYSETPOS=1', 'FREQ=MONTHLY;BYMONTHDAY=32', 'FREQ=YEARLY;BYMONTH=13'],
    ...['FREQ=DAILY;UNTIL=TOMORROW', 'FREQ=DAILY;', 'FREQ=DAILY;X=1', 'FREQ=DAILY=1'],
    ...['FREQ=DAILY\nDTSTART:20260101', `FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(150)}1`],
  ];
  test.each(refused)('%j is refused with a sentence', (text) => {
    expect(checkedRecurrence(text)).toMatchObject({ ok: false, detail: /^.+\.$/s });
  });

  test('needs a first time that it has itself, and the place whose clocks count', () => {
    const startsAtMs = at('2026-11-23T08:00Z');
    const monday = { startsAtMs, timeZone: 'Europe/Berlin', recurrence: 'FREQ=WEEKLY;BYDAY=MO' };
    expect(scheduleFault(monday)).toBeUndefined();
    expect(scheduleFault({ ...monday, recurrence: 'FREQ=WEEKLY;BYDAY=TU' })?.field).toBe(
      'startsAt',
    );
    const { timeZone, ...nowhere } = monday;
    expect(scheduleFault(nowhere)?.field).toBe('timeZone');
    expect(scheduleFault({ timeZone, recurrence: 'FREQ=DAILY' })?.field).toBe('startsAt');
  });

  test('names of time zones are known or not', () => {
    expect(['Europe/Berlin', 'UTC', 'America/Argentina/Ushuaia'].map(isTimeZone)).toEqual([
      ...[true, true, true],
    ]);
    expect(['Mars/Olympus', '', '+01:00', '../etc', 'Europe/Berlin\n'].map(isTimeZone)).toEqual([
      ...[false, false, false, false, false],
    ]);
  });
});

const monday = at('2026-11-23T08:00Z');
const DAY_MS = 24 * 60 * MINUTE_MS;
const daily = meetingOf({
  startsAtMs: monday,
  durationMinutes: 30,
  timeZone: 'Europe/Berlin',
  recurrence: 'FREQ=DAILY;COUNT=3',
});
const listed = (meeting: typeof daily, from = 0) =>
  occurrences(meeting, from, 9).map(({ startsAtMs, skipped, moved }) =>
    [isoOf(startsAtMs).slice(8), skipped && 'skipped', moved && 'moved'].filter(Boolean).join(' '),
  );

describe('one time of a series', () => {
  const skipped = withException(daily, monday, { kind: 'skipped', atMs: monday });

  test('is left out and still listed', () => {
    expect(listed(skipped)).toEqual(['23T08:00Z skipped', '24T08:00Z', '25T08:00Z']);
    expect(stateOf(skipped, monday)).toBe('planned');
  });

  test('is moved, even behind the others', () => {
    const startsAtMs = monday + 5 * DAY_MS;
    const moved = withException(daily, monday, { kind: 'moved', atMs: monday, startsAtMs });
    expect(listed(moved)).toEqual(['24T08:00Z', '25T08:00Z', '28T08:00Z moved']);
    expect(stateOf(moved, monday)).toBe('planned');
    expect(stateOf(moved, startsAtMs)).toBe('open');
  });

  test('comes back as it was', () => {
    expect(listed(withException(skipped, monday, undefined))).toEqual(listed(daily));
  });

  test('that a new recurrence does not have is forgotten', () => {
    const later = changed(skipped, { startsAtMs: monday + MINUTE_MS });
    expect(later).not.toHaveProperty('exceptions');
    expect(changed(skipped, { name: 'N' }).exceptions).toEqual(skipped.exceptions);
  });

  test('is listed until it ends', () => {
    expect(listed(daily, monday + 30 * MINUTE_MS - 1)).toHaveLength(3);
    expect(listed(daily, monday + 30 * MINUTE_MS)).toHaveLength(2);
  });
});

describe('the state of a series', () => {
  const states = [
    ['before the first', -1, 'planned'],
    ['at the first', 0, 'open'],
    ['half an hour after its end', 60 * MINUTE_MS - 1, 'open'],
    ['later', 60 * MINUTE_MS, 'planned'],
    ['at the last', 2 * DAY_MS, 'open'],
    ['when all are over', 2 * DAY_MS + 60 * MINUTE_MS, 'ended'],
  ] as const;
  test.each(states)('%s', (_, after, expected) => {
    expect(stateOf(daily, monday + after)).toBe(expected);
  });

  test('turns at moments that are known before', () => {
    const turns = [turnsAt(daily, 0)!];
    for (let now = turns[0]; now !== undefined; now = turnsAt(daily, now))
      if (now !== turns.at(-1)) turns.push(now);
    const each = [0, 1, 2].flatMap((n) => [n * DAY_MS, n * DAY_MS + 60 * MINUTE_MS]);
    expect(turns).toEqual(each.map((ms) => monday + ms));
  });

  test('people come in early where the meeting lets them', () => {
    const early = { ...daily, earlyEntryMinutes: 10 };
    expect(stateOf(early, monday - 10 * MINUTE_MS)).toBe('open');
    expect(stateOf(early, monday - 10 * MINUTE_MS - 1)).toBe('planned');
    expect(turnsAt(early, 0)).toBe(monday - 10 * MINUTE_MS);
  });

  test('a moderator opens the next time, and not the one after it', () => {
    const opened = { ...daily, openedAtMs: monday - 5 * MINUTE_MS };
    expect(stateOf(opened, monday - 4 * MINUTE_MS)).toBe('open');
    expect(stateOf(opened, monday + DAY_MS - MINUTE_MS)).toBe('planned');
  });

  test('over for this time, it waits for the next', () => {
    const over = overAt(daily, monday + 10 * MINUTE_MS);
    expect(stateOf(over, monday + 11 * MINUTE_MS)).toBe('planned');
    expect(stateOf(over, monday + DAY_MS)).toBe('open');
    const last = overAt(over, monday + 2 * DAY_MS);
    expect(stateOf(last, monday + 2 * DAY_MS)).toBe('ended');
  });
});

test('over before its time, a meeting is still to come; after it, it is ended; a permanent one stays', () => {
  const once = meetingOf({ startsAtMs: monday, openedAtMs: monday - 5 });
  expect(stateOf(overAt(once, monday - 1), monday - 1)).toBe('planned');
  expect(stateOf(overAt(once, monday), monday)).toBe('ended');
  expect(overAt(meetingOf(), monday)).toEqual(meetingOf());
});

test('who comes between two times waits, unless people still talk; after the last it is over', () => {
  const door = { role: 'participant', people: 0, locked: false, banned: false } as const;
  const come = (nowMs: number, people: number) =>
    admission(daily, { ...door, people, moderatorInside: false, admitted: false, nowMs });
  const between = monday + 2 * 60 * MINUTE_MS;
  expect(come(between, 0)).toMatchObject({ kind: 'wait', why: 'not-started' });
  expect(come(between, 1)).toMatchObject({ kind: 'join' });
  const after = between + 2 * DAY_MS;
  expect(come(after, 0)).toEqual({ kind: 'refuse', why: 'ended' });
  expect(come(after, 1)).toMatchObject({ kind: 'join' });
});
