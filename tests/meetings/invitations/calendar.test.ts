import { expect, test } from 'vitest';
import { asCalendar } from '../../../meetings/invitations/calendar.ts';
import type { Meeting } from '../../../meetings/rules/meeting.ts';
import { meetingOf } from '../rules/meeting-of.ts';

const at = (iso: string): number => Date.parse(iso);
const NOW = at('2026-11-20T12:00:00Z');
const MONDAY = at('2026-11-23T08:00Z');
const WEEK_MS = 7 * 86_400_000;
const NAME = 'Größe, „Runde“; \\ 100 % – und ein sehr langer Name, der umgebrochen wird 🎉';

const series: Partial<Meeting> = {
  startsAtMs: MONDAY,
  durationMinutes: 45,
  timeZone: 'Europe/Berlin',
  recurrence: 'FREQ=WEEKLY;UNTIL=20270329',
};

function written(more: Partial<Meeting>): string {
  const meeting = meetingOf({ name: NAME, ...more });
  const dialIn = [{ label: 'Berlin', number: '+4930901234', uri: 'tel:+4930901234' }];
  const link = 'https://voice.example.org/join/abc.def-ghi';
  const invitation = { meeting, language: 'de', link, code: '4821907735', dialIn } as const;
  return asCalendar(invitation, { nowMs: NOW, host: 'voice.example.org' })!;
}

interface Component {
  readonly name: string;
  readonly lines: string[];
  readonly inside: Component[];
}

/** RFC 5545 sections 3.1 and 3.4, by a reader that knows nothing of the writer. */
function read(text: string): Component {
  const root: Component = { name: '', lines: [], inside: [] };
  const open = [root];
  for (const line of text.replace(/\r\n[ \t]/g, '').split('\r\n')) {
    const [, verb, name] = /^(BEGIN|END):(\w+)$/.exec(line) ?? [];
    const top = open.at(-1)!;
    if (verb === 'BEGIN') {
      const component: Component = { name: name!, lines: [], inside: [] };
      top.inside.push(component);
      open.push(component);
    } else if (verb === 'END') expect(open.pop()!.name).toBe(name);
    else if (line !== '') top.lines.push(line);
  }
  expect(open).toEqual([root]);
  return root.inside[0]!;
}

/** The values of a property, whatever its parameters. */
function values({ lines }: Component, name: string): string[] {
  const own = lines.filter((line) => new RegExp(`^${name}[;:]`).test(line));
  return own.map((line) => line.replace(/^[^:]*?(;TZID=[^:]+)?:/, (_, zone = '') => `${zone}:`));
}
const value = (component: Component, name: string): string =>
  values(component, name)[0]!.replace(/^:/, '');
const parts = (calendar: Component, name: string) =>
  calendar.inside.filter((each) => each.name === name);
const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));

test('lines end as they must, and none is longer than 75 bytes', () => {
  const text = written(series);
  expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
  const longest = Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)));
  expect(longest).toBeGreaterThan(60);
  expect(longest).toBeLessThanOrEqual(75);
});

test('a series is published with its rule, in the hours of its own clocks', () => {
  const calendar = read(written(series));
  expect(calendar.name).toBe('VCALENDAR');
  expect(value(calendar, 'VERSION')).toBe('2.0');
  expect(value(calendar, 'METHOD')).toBe('PUBLISH');
  const [event, ...more] = parts(calendar, 'VEVENT');
  expect(more).toEqual([]);
  expect(values(event!, 'DTSTART')).toEqual([';TZID=Europe/Berlin:20261123T090000']);
  expect(values(event!, 'DTEND')).toEqual([';TZID=Europe/Berlin:20261123T094500']);
  // The last day whole, by the clocks there, said in UTC: summer time has begun.
  expect(value(event!, 'RRULE')).toBe('FREQ=WEEKLY;UNTIL=20270329T215959Z');
  expect(value(event!, 'DTSTAMP')).toBe('20261120T120000Z');
  expect(value(event!, 'UID')).toBe('m-abcdefghijklmnop@partyline');
  expect(value(event!, 'SEQUENCE')).toBe('0');
  expect(value(event!, 'STATUS')).toBe('CONFIRMED');
  expect(values(event!, 'ORGANIZER')).toHaveLength(1);
  expect(unescaped(value(event!, 'SUMMARY'))).toBe(NAME);
  const description = unescaped(value(event!, 'DESCRIPTION'));
  expect(description).toContain('https://voice.example.org/join/abc.def-ghi');
  expect(description).toContain('tel:+4930901234,,4821907735#');
});

test('the clocks of the place are told for ten years, each change of them once', () => {
  const [zone] = parts(read(written(series)), 'VTIMEZONE');
  expect(value(zone!, 'TZID')).toBe('Europe/Berlin');
  const told = zone!.inside.map((each) =>
    [each.name, ...['DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO'].map((name) => value(each, name))].join(
      ' ',
    ),
  );
  expect(told.slice(0, 3)).toEqual([
    'STANDARD 19700101T000000 +0100 +0100',
    'DAYLIGHT 20270328T020000 +0100 +0200',
    'STANDARD 20271031T030000 +0200 +0100',
  ]);
  expect(told).toHaveLength(21);
});

test('one that is skipped and one that is moved are told by when the rule has them', () => {
  const exceptions = [
    { kind: 'skipped', atMs: MONDAY + WEEK_MS },
    { kind: 'moved', atMs: MONDAY + 2 * WEEK_MS, startsAtMs: at('2026-12-08T13:30Z') },
  ] as const;
  const [event, moved, ...more] = parts(
    read(written({ ...series, exceptions, revision: 2 })),
    'VEVENT',
  );
  expect(more).toEqual([]);
  expect(values(event!, 'EXDATE')).toEqual([';TZID=Europe/Berlin:20261130T090000']);
  expect(values(moved!, 'RECURRENCE-ID')).toEqual([';TZID=Europe/Berlin:20261207T090000']);
  expect(values(moved!, 'DTSTART')).toEqual([';TZID=Europe/Berlin:20261208T143000']);
  expect(values(moved!, 'DTEND')).toEqual([';TZID=Europe/Berlin:20261208T151500']);
  expect(values(moved!, 'RRULE')).toEqual([]);
  for (const each of [event!, moved!]) {
    expect(value(each, 'UID')).toBe('m-abcdefghijklmnop@partyline');
    expect(value(each, 'SEQUENCE')).toBe('2');
  }
});

test('a single meeting without a place for its clocks is in UTC', () => {
  const calendar = read(written({ startsAtMs: MONDAY }));
  const [event] = parts(calendar, 'VEVENT');
  expect(values(event!, 'DTSTART')).toEqual([':20261123T080000Z']);
  expect(values(event!, 'DTEND')).toEqual([':20261123T090000Z']);
  expect(parts(calendar, 'VTIMEZONE')).toEqual([]);
});

test('an ended one is cancelled, with a higher number', () => {
  const calendar = read(written({ ...series, revision: 3, endedAtMs: NOW }));
  const [event] = parts(calendar, 'VEVENT');
  expect(value(calendar, 'METHOD')).toBe('CANCEL');
  expect([value(event!, 'STATUS'), value(event!, 'SEQUENCE')]).toEqual(['CANCELLED', '4']);
  expect(unescaped(value(event!, 'DESCRIPTION'))).toContain('findet nicht statt');
});

test('a permanent meeting is in no calendar', () => {
  expect(written({})).toBeUndefined();
});
