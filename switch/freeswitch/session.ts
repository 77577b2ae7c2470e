import type { SipHeader, SipRequest } from '../../protocol/sip/message.ts';
import {
  formatSessionExpires,
  sessionDeadlines,
  sessionExpires,
  supportsTimer,
} from '../../protocol/sip/session-timer.ts';
import type { Calls } from './calls.ts';
import type { Leg } from './leg.ts';

/**
 * What our 2xx says of session timers (RFC 4028 section 9): the peer refreshes. Nothing where it
 * cannot, or wants us to.
 */
export function sessionHeaders(request: SipRequest): SipHeader[] {
  const wished = sessionExpires(request);
  if (wished === undefined || wished.refresher === 'uas' || !supportsTimer(request)) return [];
  const value = formatSessionExpires({ seconds: wished.seconds, refresher: 'uac' });
  return [
    { name: 'Require', value: 'timer' },
    { name: 'Session-Expires', value },
  ];
}

/** Begins anew to wait for the peer's refresh; without it the call ends (section 10). */
export function watchSession(calls: Calls, leg: Leg, request: SipRequest): void {
  clearTimeout(leg.expiry);
  leg.expiry = undefined;
  if (sessionHeaders(request).length === 0) return;
  const { giveUp } = sessionDeadlines(sessionExpires(request)!.seconds);
  leg.expiry = setTimeout(() => {
    calls.tell({ kind: 'peer-ended', leg: leg.uuid, end: { kind: 'unreachable' } });
  }, giveUp * 1000);
  leg.expiry.unref();
}
