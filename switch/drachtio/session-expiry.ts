import type { SipMessage, SipRequest } from '../../protocol/sip/message.ts';
import { LEAST_SESSION_SECONDS, sessionExpires } from '../../protocol/sip/session-timer.ts';

/** A session timer of RFC 4028 as drachtio-server keeps it for a dialog. */
export interface SessionExpiry {
  readonly expiresS: number;
  readonly weRefresh: boolean;
}

/** drachtio's smallest interval; a smaller one in a dialog gets 422. */
export const MIN_SE_S = LEAST_SESSION_SECONDS;

/** What a message with Session-Expires agrees to; `ours` is our part in its transaction. */
export function agreedExpiry(message: SipMessage, ours: 'uac' | 'uas'): SessionExpiry | undefined {
  const session = sessionExpires(message);
  if (!session) return undefined;
  const expiresS = Math.max(MIN_SE_S, session.seconds);
  return { expiresS, weRefresh: (session.refresher ?? 'uac') === ours };
}

/** The first refresher waits half the interval, the other lets all of it pass. */
export function expiryDelayMs({ expiresS, weRefresh }: SessionExpiry): number {
  return (expiresS * 1000) / (weRefresh ? 2 : 1);
}

/** Whether a request sets the session timer (RFC 4028). */
export function hasSession({ method }: SipRequest): boolean {
  return method === 'INVITE' || method === 'UPDATE';
}

/** Whether a request asks for a shorter interval than we take. */
export function isTooBrief(request: SipRequest): boolean {
  if (!hasSession(request)) return false;
  const session = sessionExpires(request);
  return session !== undefined && session.seconds < MIN_SE_S;
}
