import { expect, test } from 'vitest';
import { startInviteServer, stepInviteServer } from '../../../protocol/sip/invite-server.ts';
import { RFC_TIMING } from '../../../protocol/sip/timers.ts';
import { play, response, someRequest, times } from './play.ts';

function invite(reliable = false) {
  const start = startInviteServer(someRequest('INVITE'), { reliable, timing: RFC_TIMING });
  return { start, step: stepInviteServer };
}

const AGAIN = { kind: 'request' } as const;
const EVERY_REPEAT = [0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500];

test('a user that thinks for 200 ms has 100 Trying sent for it, again for each INVITE that comes', () => {
  const run = play(invite(), [
    [500, AGAIN],
    [1_500, AGAIN],
  ]);
  expect(times(run, 'send 100')).toEqual([200, 500, 1_500]);
  expect(run.state).toBe('proceeding');
});

test('a quick answer has no 100 before it', () => {
  const run = play(invite(), [[50, response('INVITE', 180)]]);
  expect(times(run, 'send 100')).toEqual([]);
});

test('a repeated INVITE gets the last provisional response', () => {
  const run = play(invite(), [
    [50, response('INVITE', 180)],
    [500, AGAIN],
  ]);
  expect(times(run, 'send 180')).toEqual([50, 500]);
});

for (const reliable of [false, true]) {
  test(`a 200 is sent until its ACK comes, and given up at 32 seconds; reliable transport: ${reliable}`, () => {
    const run = play(invite(reliable), [[100, response('INVITE', 200)]]);
    expect(times(run, 'send 200')).toEqual(EVERY_REPEAT.map((ms) => 100 + ms));
    expect(times(run, 'fail timeout')).toEqual([32_100]);
  });
}

test('the ACK to a 200 ends its sending; INVITEs still under way are absorbed until 32 seconds', () => {
  const run = play(invite(), [
    [0, response('INVITE', 200)],
    [700, { kind: 'answer-ack' }],
    [900, AGAIN],
  ]);
  expect(times(run, 'send 200')).toEqual([0, 500]);
  expect(times(run, 'fail timeout')).toEqual([]);
  expect(times(run, 'end')).toEqual([32_000]);
});

test('a refusal is sent until its ACK comes, and given up at 32 seconds', () => {
  const run = play(invite(), [[0, response('INVITE', 486)]]);
  expect(times(run, 'send 486')).toEqual(EVERY_REPEAT);
  expect(times(run, 'fail timeout')).toEqual([32_000]);
});

test('over TCP a refusal is sent once', () => {
  const run = play(invite(true), [[0, response('INVITE', 486)]]);
  expect(times(run, 'send 486')).toEqual([0]);
  expect(times(run, 'fail timeout')).toEqual([32_000]);
});

test('an acknowledged refusal lingers 5 seconds for more ACKs, over TCP not at all', () => {
  const script = [
    [0, response('INVITE', 486)],
    [600, { kind: 'ack' } as const],
    [700, AGAIN],
  ] as const;
  const run = play(invite(), script);
  expect(times(run, 'send 486')).toEqual([0, 500]);
  expect(times(run, 'end')).toEqual([5_600]);
  expect(times(play(invite(true), script), 'end')).toEqual([600]);
});

test('after a final response no other is sent', () => {
  const run = play(invite(), [
    [0, response('INVITE', 486)],
    [10, response('INVITE', 200)],
    [20, { kind: 'ack' }],
  ]);
  expect(times(run, 'send 200')).toEqual([]);
});

test('a lost connection ends a refusal, but not a call that rings or was answered', () => {
  const lost = [1_000, { kind: 'transport-error' }] as const;
  const run = (status: number) => play(invite(true), [[0, response('INVITE', status)], lost]);
  expect(times(run(486), 'fail transport')).toEqual([1_000]);
  expect(run(180).state).toBe('proceeding');
  expect(times(run(200), 'fail timeout')).toEqual([32_000]);
});
