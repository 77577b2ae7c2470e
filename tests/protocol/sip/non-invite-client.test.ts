import { expect, test } from 'vitest';
import {
  startNonInviteClient,
  stepNonInviteClient,
} from '../../../protocol/sip/non-invite-client.ts';
import { RFC_TIMING } from '../../../protocol/sip/timers.ts';
import { play, response, someRequest, times } from './play.ts';

function options(reliable = false) {
  const start = startNonInviteClient(someRequest('OPTIONS'), { reliable, timing: RFC_TIMING });
  return { start, step: stepNonInviteClient };
}

test('an unanswered request is resent at 0.5, 1.5, 3.5, then every 4 seconds, and fails at 32', () => {
  const run = play(options());
  expect(times(run, 'send OPTIONS')).toEqual([
    0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500,
  ]);
  expect(times(run, 'fail timeout')).toEqual([32_000]);
});

test('after a provisional response it is resent every 4 seconds', () => {
  const run = play(options(), [[600, response('OPTIONS', 100)]]);
  expect(times(run, 'send OPTIONS').slice(0, 4)).toEqual([0, 500, 1_500, 5_500]);
  expect(times(run, 'fail timeout')).toEqual([32_000]);
});

test('over TCP it is sent once', () => {
  const run = play(options(true));
  expect(times(run, 'send OPTIONS')).toEqual([0]);
  expect(times(run, 'fail timeout')).toEqual([32_000]);
});

test('the final response is told once; repeats are absorbed for 5 seconds', () => {
  const run = play(options(), [
    [100, response('OPTIONS', 200)],
    [200, response('OPTIONS', 200)],
  ]);
  expect(times(run, 'deliver 200')).toEqual([100]);
  expect(times(run, 'end')).toEqual([5_100]);
});

test('over TCP the final response ends it', () => {
  expect(times(play(options(true), [[100, response('OPTIONS', 404)]]), 'end')).toEqual([100]);
});

test('a transport error fails it while it waits, and is nothing after that', () => {
  expect(times(play(options(), [[9, { kind: 'transport-error' }]]), 'fail transport')).toEqual([9]);
  const late = play(options(), [
    [100, response('OPTIONS', 200)],
    [200, { kind: 'transport-error' }],
  ]);
  expect(late.did.map((each) => each.what)).not.toContain('fail transport');
});

test('it cannot be cancelled', () => {
  expect(play(options(), [[10, { kind: 'cancel' }]])).toEqual(play(options()));
});
