import { expect, test } from 'vitest';
import {
  afterTry,
  newStanding,
  passedOver,
  PATIENCE_MS,
  paused,
  resumed,
  rewound,
  withMessage,
} from '../../../../meetings/rules/webhooks/standing.ts';
import type { Outcome, Standing } from '../../../../meetings/rules/webhooks/standing.ts';

const START_MS = Date.UTC(2026, 10, 22, 12);
const sending = withMessage(newStanding(10), { events: [11, 13] }, START_MS);
const answer = (status: number, retryAfterS?: number): Outcome => ({
  kind: 'answer',
  status,
  ...(retryAfterS !== undefined && { retryAfterS }),
});
const NO_ANSWER: Outcome = { kind: 'no-answer', why: 'ECONNREFUSED' };
const tried = (standing: Standing, outcome: Outcome, nowMs = START_MS, chance = 0) =>
  afterTry(standing, { number: standing.message?.number ?? 0, outcome }, nowMs, chance);

test.each([200, 204, 299])('%i is taken: on to the next', (status) => {
  expect(tried(sending, answer(status))).toEqual({ deliveredTo: 13, messages: 1 });
});

test.each([NO_ANSWER, answer(301), answer(400), answer(401), answer(500)])(
  '%o is tried again with the same events under the same number',
  (outcome) => {
    const { message } = tried(sending, outcome);
    expect(message).toMatchObject({ number: 1, events: [11, 13], tries: 1 });
    expect(message?.dueMs).toBe(START_MS + 5_000);
  },
);

test('the waits grow to an hour, and after a day it pauses', () => {
  let standing = sending;
  const waits: number[] = [];
  let nowMs = START_MS;
  while (standing.paused === undefined) {
    standing = tried(standing, NO_ANSWER, nowMs);
    waits.push(((standing.message?.dueMs ?? 0) - nowMs) / 1_000);
    nowMs = standing.message?.dueMs ?? 0;
  }
  expect(waits.slice(0, 7)).toEqual([5, 30, 120, 600, 1_800, 3_600, 3_600]);
  expect(nowMs - START_MS).toBeGreaterThan(PATIENCE_MS);
  expect(nowMs - START_MS).toBeLessThanOrEqual(PATIENCE_MS + 3_600_000);
  expect(standing.paused.why).toBe('failing');
  expect(standing.message?.events).toEqual([11, 13]);
});

test('chance makes a wait longer by up to a fifth', () => {
  expect(tried(sending, NO_ANSWER, START_MS, 0.5).message?.dueMs).toBe(START_MS + 5_500);
});

test('Retry-After is waited for, but not for longer than an hour', () => {
  expect(tried(sending, answer(503, 90)).message?.dueMs).toBe(START_MS + 90_000);
  expect(tried(sending, answer(503, 1)).message?.dueMs).toBe(START_MS + 5_000);
  expect(tried(sending, answer(503, 86_400)).message?.dueMs).toBe(START_MS + 3_600_000);
});

test('who answers that they are gone is not asked again', () => {
  expect(tried(sending, answer(410)).paused).toEqual({ atMs: START_MS, why: 'gone' });
});

test('resumed, it tries the very same message at once and has a day again', () => {
  const stopped = paused(tried(sending, NO_ANSWER), 'failing', START_MS);
  expect(resumed(stopped, START_MS + 5)).toEqual({
    ...sending,
    message: {
      ...sending.message,
      tries: 0,
      firstTriedMs: START_MS + 5,
      dueMs: START_MS + 5,
    },
  });
});

test('sent back while a try is under way, the answer to that try counts for nothing', () => {
  const back = rewound(sending, 4);
  expect(back).toEqual({ deliveredTo: 3, messages: 1 });
  expect(afterTry(back, { number: 1, outcome: answer(200) }, START_MS, 0)).toBe(back);
  const next = withMessage(back, { events: [4] }, START_MS);
  expect(next.message?.number).toBe(2);
  expect(afterTry(next, { number: 1, outcome: answer(200) }, START_MS, 0)).toBe(next);
});

test('what is not for it is passed over, but not beside what is on its way', () => {
  expect(passedOver(newStanding(3), 9).deliveredTo).toBe(9);
  expect(passedOver(newStanding(3), 2).deliveredTo).toBe(3);
  expect(passedOver(sending, 20)).toBe(sending);
});

test('events that were not kept long enough count as told once the notice is taken', () => {
  const late = withMessage(newStanding(3), { events: [], missed: { from: 4, to: 8 } }, START_MS);
  expect(tried(late, answer(200)).deliveredTo).toBe(8);
});
