import { describe, expect, test } from 'vitest';
import { callAfter, calleeOf, standingOf } from '../../../bridge/outbound.ts';
import type { CallNews } from '../../../bridge/outbound.ts';
import { recordingPath } from '../../../bridge/recording-path.ts';
import type { OutboundCall } from '../../../protocol/room/outbound-call.ts';
import { ROOM, leg } from '../../support/bridge-world.ts';

const CALL: OutboundCall = {
  id: leg(1),
  name: 'Ada',
  number: '+49…4567',
  state: 'calling',
  startedAtMs: 0,
};

function after(...news: readonly CallNews[]): OutboundCall {
  return news.reduce(callAfter, CALL);
}

const ringing = { kind: 'ringing' } as const;
const answered = { kind: 'answered' } as const;
const joined = { kind: 'joined' } as const;
const gone = (cause: string) => ({ kind: 'hung-up', cause }) as const;

describe('a call of a meeting', () => {
  test.each([
    [[ringing], 'ringing'],
    [[ringing, answered], 'asked'],
    [[answered], 'asked'],
    [[answered, ringing], 'asked'],
    [[answered, joined], 'joined'],
    [[answered, joined, answered], 'joined'],
  ] as const)('after %j is %s', (news, state) => {
    expect(after(...news)).toEqual({ ...CALL, state });
  });

  test.each([
    ['USER_BUSY', 'busy'],
    ['CALL_REJECTED', 'declined'],
    ['NO_ANSWER', 'no-answer'],
    ['NO_USER_RESPONSE', 'no-answer'],
    ['ALLOTTED_TIMEOUT', 'no-answer'],
    ['RECOVERY_ON_TIMER_EXPIRE', 'no-answer'],
    ['PROGRESS_TIMEOUT', 'no-answer'],
    ['UNALLOCATED_NUMBER', 'unreachable'],
    ['NO_ROUTE_DESTINATION', 'unreachable'],
    ['INVALID_NUMBER_FORMAT', 'unreachable'],
    ['NUMBER_CHANGED', 'unreachable'],
    ['SUBSCRIBER_ABSENT', 'unreachable'],
    ['USER_NOT_REGISTERED', 'unreachable'],
    ['ORIGINATOR_CANCEL', 'cancelled'],
    ['NORMAL_TEMPORARY_FAILURE', 'failed'],
    ['', 'failed'],
  ] as const)('that ends with "%s" while it rings ends %s', (cause, end) => {
    expect(after(ringing, gone(cause))).toEqual({ ...CALL, state: 'ended', end });
    expect(after(gone(cause)).end).toBe(end);
  });

  test('that is taken up and hung up without a key was not accepted', () => {
    expect(after(answered, gone('NORMAL_CLEARING')).end).toBe('not-accepted');
    expect(after(answered, gone('ORIGINATOR_CANCEL')).end).toBe('cancelled');
  });

  test('that was in the meeting has left it, whatever the cause', () => {
    expect(after(answered, joined, gone('NORMAL_CLEARING')).end).toBe('left');
    expect(after(joined, gone('ORIGINATOR_CANCEL')).end).toBe('left');
  });

  test('that is over stays as it ended', () => {
    const over = after(gone('USER_BUSY'));
    for (const news of [ringing, answered, joined, gone('NO_ANSWER')])
      expect(callAfter(over, news)).toBe(over);
  });

  test('goes to an account or to a number, and carries who invites and for how long', () => {
    const command = {
      kind: 'call',
      room: ROOM,
      id: leg(1),
      name: 'A',
      role: 'participant',
    } as const;
    const account = { ...command, to: { kind: 'account', username: '1001' } } as const;
    const number = { kind: 'trunk', trunk: 't', number: '+49301234567' } as const;
    const outside = { ...command, to: number, invitedBy: '/by.wav', maxMs: 5 } as const;
    expect(calleeOf(account)).toBe('1001');
    expect(calleeOf(outside)).toBe('+49301234567');
    expect(standingOf(account)).toEqual({});
    expect(standingOf(outside)).toEqual({ invitedBy: '/by.wav', maxMs: 5 });
  });
});

test('a recording is named by its room and when it began, in UTC', () => {
  const at = Date.UTC(2026, 0, 31, 12, 5, 9, 7);
  expect(recordingPath('/rec/', ROOM, at)).toBe(`/rec/${ROOM}-20260131T120509Z.wav`);
});
