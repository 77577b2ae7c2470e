import { expect, test } from 'vitest';
import {
  startNonInviteServer,
  stepNonInviteServer,
} from '../../../protocol/sip/non-invite-server.ts';
import { RFC_TIMING } from '../../../protocol/sip/timers.ts';
import { play, response, someRequest, times } from './play.ts';

function options(reliable = false) {
  const start = startNonInviteServer(someRequest('OPTIONS'), { reliable, timing: RFC_TIMING });
  return { start, step: stepNonInviteServer };
}

const AGAIN = { kind: 'request' } as const;

test('a request that comes again before its answer is absorbed, after it is answered the same', () => {
  const run = play(options(), [
    [100, AGAIN],
    [200, response('OPTIONS', 200)],
    [500, AGAIN],
    [600, response('OPTIONS', 404)],
    [31_000, AGAIN],
  ]);
  expect(times(run, 'send 200')).toEqual([200, 500, 31_000]);
  expect(times(run, 'send 404')).toEqual([]);
  expect(times(run, 'end')).toEqual([32_200]);
});

test('a provisional response is what repeats get until the final one', () => {
  const run = play(options(), [
    [100, response('OPTIONS', 100)],
    [200, AGAIN],
    [300, response('OPTIONS', 200)],
  ]);
  expect(times(run, 'send 100')).toEqual([100, 200]);
});

test('over TCP the answer ends it', () => {
  expect(times(play(options(true), [[100, response('OPTIONS', 200)]]), 'end')).toEqual([100]);
});

test('a user that never answers is given up at 32 seconds, so that nothing is kept for ever', () => {
  expect(times(play(options()), 'fail timeout')).toEqual([32_000]);
});

test('a transport error ends it', () => {
  expect(times(play(options(), [[5, { kind: 'transport-error' }]]), 'fail transport')).toEqual([5]);
});
