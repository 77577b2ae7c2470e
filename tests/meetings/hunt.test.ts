import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import { HUNT } from '../../meetings/rules/throttle.ts';
import { newMeeting } from '../support/api.ts';
import { seeded, startMeetings } from '../support/meetings.ts';
import type { TestMeetings } from '../support/meetings.ts';

/** Somebody with 50 addresses tries 10,000 codes at the same moment; 20 meetings are open. */
const ADDRESSES = 50;
const GUESSES = 10_000;

let world: TestMeetings;
let meetings: Meeting[];
beforeEach(async () => {
  world = await startMeetings();
  meetings = [];
  for (let n = 0; n < 20; n++) meetings.push(await newMeeting(world));
});
afterEach(() => world.stop());

const enter = async (code: string, source: string) =>
  (await world.parts.admissions.byCode(code, source)).kind;

/** Ten digits that are no meeting's. */
function guesses(): readonly string[] {
  const random = seeded(7);
  const taken = new Set(meetings.flatMap(({ codes }) => [codes.join, codes.moderator]));
  return Array.from({ length: GUESSES }, () => {
    const digits = Array.from(random(10), (byte) => byte % 10).join('');
    return taken.has(digits) ? '0000000000' : digits;
  });
}

test('10,000 guesses at once from 50 addresses', { timeout: 60_000 }, async () => {
  const regular = meetings[0]?.codes.join ?? '';
  expect(await enter(regular, '203.0.113.1')).toBe('meeting');

  const results = await Promise.all(
    guesses().map((code, n) => enter(code, `198.51.100.${n % ADDRESSES}`)),
  );
  expect(results).not.toContain('meeting');
  // What was looked up at all: a hundred show the hunt, and then one for each address.
  const lookedUp = results.filter((kind) => kind === 'unknown').length;
  expect(lookedUp).toBeLessThanOrEqual(HUNT.count + ADDRESSES);

  // True codes work: for callers we know, for strangers by address, for strangers by telephone.
  for (const [n, { codes }] of meetings.entries()) {
    expect(await enter(codes.join, '203.0.113.1')).toBe('meeting');
    expect(await enter(codes.join, `203.0.113.${n + 10}`)).toBe('meeting');
    expect(await enter(codes.moderator, `+49309012${n + 100}`)).toBe('meeting');
  }
  // None of it helps who guessed.
  expect(await enter(regular, '198.51.100.7')).toBe('throttled');

  const alarms = await world.parts.alarms.list();
  const callers = alarms.filter(({ kind }) => kind === 'caller');
  expect(callers).toHaveLength(ADDRESSES);
  expect(new Set(callers.map(({ who }) => who))).toEqual(new Set(['198.51.…']));
  expect(alarms.filter(({ kind }) => kind === 'all')).toMatchObject([{ who: 'addresses' }]);
  const refused = callers.reduce((sum, { count }) => sum + count, 0);
  expect(refused).toBeGreaterThanOrEqual(GUESSES - 5 * ADDRESSES);
});
