import { expect, test } from 'vitest';
import { startInviteClient, stepInviteClient } from '../../../protocol/sip/invite-client.ts';
import { header } from '../../../protocol/sip/message.ts';
import { RFC_TIMING } from '../../../protocol/sip/timers.ts';
import { play, response, someRequest, times } from './play.ts';

function invite(reliable = false) {
  const start = startInviteClient(someRequest('INVITE'), { reliable, timing: RFC_TIMING });
  return { start, step: stepInviteClient };
}

test('an unanswered INVITE is resent at 0.5, 1.5, 3.5, 7.5, 15.5, 31.5 seconds and fails at 32', () => {
  const run = play(invite());
  expect(times(run, 'send INVITE')).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500]);
  expect(times(run, 'fail timeout')).toEqual([32_000]);
  expect(run.state).toBe('terminated');
});

test('over TCP an unanswered INVITE is sent once and fails at 32 seconds', () => {
  const run = play(invite(true));
  expect(times(run, 'send INVITE')).toEqual([0]);
  expect(times(run, 'fail timeout')).toEqual([32_000]);
});

test('ringing ends the resending, and a phone may ring for ever', () => {
  const run = play(invite(), [[700, response('INVITE', 180)]]);
  expect(times(run, 'send INVITE')).toEqual([0, 500]);
  expect(run.state).toBe('proceeding');
});

test('busy is acknowledged each time that it comes, for 32 seconds, and told once', () => {
  const run = play(invite(), [
    [100, response('INVITE', 486)],
    [600, response('INVITE', 486)],
    [1_600, response('INVITE', 486)],
  ]);
  expect(times(run, 'send ACK')).toEqual([100, 600, 1_600]);
  expect(times(run, 'deliver 486')).toEqual([100]);
  expect(times(run, 'end')).toEqual([32_100]);
});

test('over TCP busy ends the transaction at once', () => {
  const run = play(invite(true), [[100, response('INVITE', 486)]]);
  expect(times(run, 'send ACK')).toEqual([100]);
  expect(times(run, 'end')).toEqual([100]);
});

test('every 200 is told, for 32 seconds after the first, and none is acknowledged here', () => {
  const run = play(invite(), [
    [100, response('INVITE', 200)],
    [600, response('INVITE', 200)],
    [700, response('INVITE', 486)],
  ]);
  expect(times(run, 'deliver 200')).toEqual([100, 600]);
  expect(times(run, 'send ACK')).toEqual([]);
  expect(times(run, 'deliver 486')).toEqual([]);
  expect(times(run, 'end')).toEqual([32_100]);
});

test('a CANCEL waits for the first provisional response', () => {
  const run = play(invite(), [
    [100, { kind: 'cancel' }],
    [900, response('INVITE', 100)],
    [1_000, response('INVITE', 487)],
  ]);
  expect(times(run, 'begin-cancel')).toEqual([900]);
  expect(times(run, 'send ACK')).toEqual([1_000]);
});

test('a call that was cancelled before a final response came is told so, with no CANCEL', () => {
  const run = play(invite(), [
    [100, { kind: 'cancel' }],
    [900, response('INVITE', 486)],
  ]);
  expect(times(run, 'begin-cancel')).toEqual([]);
  expect(times(run, 'deliver 486')).toEqual([900]);
});

test('a cancelled INVITE that nobody ends fails 32 seconds later; it is cancelled once', () => {
  const run = play(invite(), [
    [100, response('INVITE', 180)],
    [200, { kind: 'cancel' }],
    [300, { kind: 'cancel' }],
  ]);
  expect(times(run, 'begin-cancel')).toEqual([200]);
  expect(times(run, 'fail timeout')).toEqual([32_200]);
});

test('a lost connection fails the call at once', () => {
  const run = play(invite(true), [[50, { kind: 'transport-error' }]]);
  expect(times(run, 'fail transport')).toEqual([50]);
});

test('the ACK to a failure has the INVITE’s Via, Route and number, and the response’s To', () => {
  const { start, step } = invite();
  const [, effects] = step(start[0], response('INVITE', 404));
  const [ack] = effects.flatMap((each) => (each.kind === 'send' ? [each.request] : []));
  const of = (name: string) => header(ack!, name);
  expect(ack).toMatchObject({ method: 'ACK', uri: 'sip:7000@192.0.2.1', body: '' });
  expect(['Via', 'Route', 'To', 'CSeq'].map(of)).toEqual([
    'SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKx;rport',
    '<sip:proxy.example.com;lr>',
    '<sip:7000@192.0.2.1>;tag=b1',
    '1 ACK',
  ]);
});
