import { expect, test } from 'vitest';
import {
  answerWords,
  messageWords,
  standingWords,
} from '../../../web-phone/console/webhook-words.ts';
import { formatRoute, parseRoute } from '../../../web-phone/console/route.ts';
import { placesOf } from '../../../web-phone/console/places.ts';
import { webhooks } from '../../../web-phone/words/en/webhooks.ts';
import { PAUSED, TRIES, WELL } from '../support/webhook-scenes.ts';

test.each([
  [WELL, 'All is delivered'],
  [{ ...WELL, newest: 210 }, '6 events on their way'],
  [{ ...WELL, state: 'retrying', newest: 205 } as const, 'Tried again: 1 event waits'],
  [PAUSED, 'Paused: no good answer for a day'],
  [{ ...PAUSED, pausedBecause: 'gone' } as const, 'Paused: its server says it is gone'],
  [{ ...PAUSED, pausedBecause: 'asked' } as const, 'Paused by hand'],
])('how it stands: %#', (hook, words) => {
  expect(standingWords(hook, webhooks)).toBe(words);
});

test('what was sent, and what was answered', () => {
  expect(TRIES.map((tried) => messageWords(tried, webhooks))).toEqual([
    'Message 17: events 203 to 204',
    'Message 16, try 2: event 202',
    'Test',
  ]);
  expect(TRIES.map((tried) => answerWords(tried, webhooks))).toEqual([
    'Taken, status 204, 38 ms',
    'Failed, status 503, 38 ms',
    'Failed, no answer (timeout), 10000 ms',
  ]);
});

test('owners are offered both places, observers the audit log alone, others neither', () => {
  const offered = (role: 'owner' | 'observer' | 'moderator') =>
    placesOf({ role }).flatMap((place) => (/webhooks|audit/.test(place) ? [place] : []));
  expect(offered('owner')).toEqual(['audit', 'webhooks']);
  expect(offered('observer')).toEqual(['audit']);
  expect(offered('moderator')).toEqual([]);
  for (const kind of ['webhooks', 'audit'] as const)
    expect(parseRoute(formatRoute({ kind }))).toEqual({ kind });
});
