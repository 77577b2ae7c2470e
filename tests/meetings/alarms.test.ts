import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import type { MeetingsParts } from '../../meetings/open.ts';
import { openMeetings } from '../../meetings/open.ts';
import { newMeeting } from '../support/api.ts';
import { FROM, seeded, START_MS, startMeetings } from '../support/meetings.ts';
import type { TestMeetings } from '../support/meetings.ts';

const QUARTER_HOUR_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;
let world: TestMeetings;
let meeting: Meeting;
let told: number;
const lines: string[] = [];
beforeEach(async () => {
  lines.length = 0;
  world = await startMeetings({
    log: (level, message, fields) => lines.push(JSON.stringify({ level, message, ...fields })),
  });
  meeting = await newMeeting(world);
  told = 0;
  world.parts.alarms.subscribe(() => (told += 1));
});
afterEach(() => world.stop());

const enter = async (code: string, source: string) =>
  (await world.parts.admissions.byCode(code, source)).kind;
const wrong = (n: number, range = 100 + (n % 800)) => `${range}${String(n).padStart(7, '0')}`;
const kinds = async () => (await world.parts.alarms.list()).map(({ kind }) => kind);

test('wrong codes that fill no limit raise nothing', async () => {
  for (let n = 0; n < 4; n++) await enter(wrong(n), '192.0.2.1');
  expect(await world.parts.alarms.list()).toEqual([]);
  expect([told, lines]).toEqual([0, []]);
});

test('the fifth wrong code of a caller is an alarm, which says until when and how many', async () => {
  for (let n = 0; n < 5; n++) await enter(wrong(n), '+4930901234');
  world.clock.pass(1_000);
  for (let n = 0; n < 3; n++) await enter(wrong(n), '+4930901234');
  const [alarm] = await world.parts.alarms.list();
  expect(alarm).toMatchObject({
    kind: 'caller',
    who: '+49…1234',
    untilMs: START_MS + QUARTER_HOUR_MS,
    count: 4,
  });
});

test('a caller we know raises one as well', async () => {
  await enter(meeting.codes.join, '192.0.2.1');
  for (let n = 0; n < 6; n++) await enter(wrong(n), '192.0.2.1');
  expect(await kinds()).toEqual(['caller']);
});

test('a hunt in one range and a hunt over all', async () => {
  for (let n = 0; n < 100; n++) await enter(wrong(n, 555), `h${n}`);
  const alarms = await world.parts.alarms.list();
  const whole = alarms.filter(({ kind }) => kind !== 'caller');
  expect(whole.map(({ kind, who }) => [kind, who]).sort()).toEqual([
    ['all', 'addresses'],
    ['code-range', '555… (addresses)'],
  ]);
});

test('wrong keys at the console', async () => {
  for (let n = 0; n < 5; n++) await world.parts.people.signIn.byKey('wrong', FROM);
  expect(await world.parts.alarms.list()).toMatchObject([
    { kind: 'login', who: '192.0.…', count: 1 },
  ]);
  await world.parts.people.signIn.byKey('wrong', FROM);
  expect(await world.parts.alarms.list()).toMatchObject([{ kind: 'login', count: 2 }]);
});

test('it is listed for a day after the limit has room again, then forgotten', async () => {
  for (let n = 0; n < 5; n++) await enter(wrong(n), '192.0.2.1');
  expect(await kinds()).toEqual(['caller']);
  world.clock.pass(QUARTER_HOUR_MS + DAY_MS - 1);
  expect(await kinds()).toEqual(['caller']);
  world.clock.pass(1);
  expect(await kinds()).toEqual([]);
});

test('full again later is another alarm of the same limit', async () => {
  for (let n = 0; n < 5; n++) await enter(wrong(n), '192.0.2.1');
  const [first] = await world.parts.alarms.list();
  world.clock.pass(QUARTER_HOUR_MS);
  for (let n = 0; n < 5; n++) await enter(wrong(n), '192.0.2.1');
  const [second, ...rest] = await world.parts.alarms.list();
  expect(rest).toEqual([]);
  expect(second).toMatchObject({ id: first?.id, sinceMs: START_MS + QUARTER_HOUR_MS, count: 1 });
  expect(lines).toHaveLength(2);
});

test(
  'of single sources the newest thousand are kept, and always that there is a hunt',
  { timeout: 60_000 },
  async () => {
    const full = (n: number, kind: 'caller' | 'all' = 'caller') =>
      ({ kind, what: `source:${n}`, who: 'x', untilMs: START_MS + DAY_MS }) as const;
    world.parts.alarms.raise(full(-1, 'all'), 1);
    world.parts.alarms.raise(full(0), 1);
    await world.parts.alarms.written();
    world.clock.pass(1);
    lines.length = 0;
    for (let n = 1; n <= 1_000; n++) world.parts.alarms.raise(full(n), 1);
    await world.parts.alarms.written();
    expect(await world.store.list('alarm:')).toHaveLength(1_001);
    const alarms = await world.parts.alarms.list();
    const old = alarms.filter(({ sinceMs }) => sinceMs === START_MS);
    expect(old).toMatchObject([{ kind: 'all' }]);
    expect(lines).toHaveLength(1);
  },
);

test('lifting one forgives the caller', async () => {
  for (let n = 0; n < 6; n++) await enter(wrong(n), '192.0.2.1');
  expect(await enter(meeting.codes.join, '192.0.2.1')).toBe('throttled');
  const [alarm] = await world.parts.alarms.list();
  expect(await world.parts.alarms.lift(alarm?.id ?? '')).toBe(true);
  expect(await enter(meeting.codes.join, '192.0.2.1')).toBe('meeting');
  expect(await kinds()).toEqual([]);
  expect(await world.parts.alarms.lift(alarm?.id ?? '')).toBe(false);
});

test('another process over the same store sees it, and may lift it', async () => {
  for (let n = 0; n < 6; n++) await enter(wrong(n), '192.0.2.1');
  await world.parts.alarms.written();
  const other = await secondProcess();
  const [alarm] = await other.alarms.list();
  expect(alarm).toMatchObject({ kind: 'caller', count: 2 });
  await other.alarms.lift(alarm?.id ?? '');
  expect(await enter(meeting.codes.join, '192.0.2.1')).toBe('meeting');
  await other.stop();
});

test('one log line an alarm, without digits', async () => {
  for (let n = 0; n < 40; n++) await enter(wrong(n), '+4930901234');
  await world.parts.alarms.written();
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/\d/);
});

test('what the store holds of an alarm is masked', async () => {
  for (let n = 0; n < 6; n++) await enter(wrong(n), '+4930901234');
  await world.parts.alarms.written();
  expect(JSON.stringify(await world.store.list(''))).not.toContain('4930901234');
});

function secondProcess(): Promise<MeetingsParts> {
  return openMeetings({
    store: world.store,
    now: world.clock.now,
    random: seeded(2),
    realm: 'partyline',
    adminKey: 'another-admin-key-here',
    publicUrl: () => 'http://127.0.0.1',
    sipHost: '127.0.0.1',
    dialIn: [],
    isLocked: () => false,
  });
}
