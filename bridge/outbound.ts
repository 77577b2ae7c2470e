import type { RoomCommand } from '../protocol/room/command.ts';
import type { CallEnd, OutboundCall } from '../protocol/room/outbound-call.ts';
import { unreachable } from '../protocol/unreachable.ts';
import type { Standing } from './standing.ts';

export type CallCommand = Extract<RoomCommand, { kind: 'call' }>;

/** What happened to a call that a meeting makes. */
export type CallNews =
  | { readonly kind: 'ringing' | 'answered' | 'joined' }
  /** `cause` is FreeSWITCH's `Hangup-Cause`; empty where the call was found to be gone. */
  | { readonly kind: 'hung-up'; readonly cause: string };

/** The call after the news. What is over stays as it ended; late news changes nothing. */
export function callAfter(call: OutboundCall, news: CallNews): OutboundCall {
  if (call.state === 'ended') return call;
  switch (news.kind) {
    case 'ringing':
      return call.state === 'calling' ? { ...call, state: 'ringing' } : call;
    case 'answered':
      return call.state === 'joined' ? call : { ...call, state: 'asked' };
    case 'joined':
      return { ...call, state: 'joined' };
    case 'hung-up':
      return { ...call, state: 'ended', end: endOf(call.state, news.cause) };
    default:
      return unreachable(news);
  }
}

function endOf(state: OutboundCall['state'], cause: string): CallEnd {
  if (state === 'joined') return 'left';
  if (cause === 'ORIGINATOR_CANCEL') return 'cancelled';
  return state === 'asked' ? 'not-accepted' : (ENDS[cause] ?? 'failed');
}

/**
 * Causes by which a call comes to nothing (switch_types.h, switch_call_cause_t; mod_sofia makes
 * them from SIP statuses). The rest is the network's or the trunk's fault.
 */
const ENDS: Readonly<Record<string, CallEnd>> = {
  USER_BUSY: 'busy',
  CALL_REJECTED: 'declined',
  NO_ANSWER: 'no-answer',
  NO_USER_RESPONSE: 'no-answer',
  ALLOTTED_TIMEOUT: 'no-answer',
  RECOVERY_ON_TIMER_EXPIRE: 'no-answer',
  PROGRESS_TIMEOUT: 'no-answer',
  UNALLOCATED_NUMBER: 'unreachable',
  NO_ROUTE_DESTINATION: 'unreachable',
  INVALID_NUMBER_FORMAT: 'unreachable',
  NUMBER_CHANGED: 'unreachable',
  SUBSCRIBER_ABSENT: 'unreachable',
  USER_NOT_REGISTERED: 'unreachable',
};

/** What the called leg carries from its first moment. */
export function standingOf({ invitedBy, maxMs }: CallCommand): Standing {
  return {
    ...(invitedBy === undefined ? {} : { invitedBy }),
    ...(maxMs === undefined ? {} : { maxMs }),
  };
}

export function calleeOf({ to }: CallCommand): string {
  return to.kind === 'account' ? to.username : to.number;
}
