import type { SipHeader, SipMessage } from '../protocol/sip/message.ts';
import { headerValues } from '../protocol/sip/message.ts';
import {
  LEAST_SESSION_SECONDS,
  minSe,
  sessionExpires,
  supportsTimer,
} from '../protocol/sip/session-timer.ts';

/** What we offer: a vanished peer is noticed after this long. drachtio takes no less than 90 s. */
export const SESSION_S = 120;
export const MIN_SESSION_S = LEAST_SESSION_SECONDS;

/** How a leg proves that it lives (RFC 4028), after a 2xx. */
export type SessionTimer =
  | { readonly kind: 'timer'; readonly expiresS: number; readonly weRefresh: boolean }
  /** The peer knows no session timers: it is asked with OPTIONS in the dialog instead. */
  | { readonly kind: 'none' };

const NO_TIMER: SessionTimer = { kind: 'none' };

/** What we agree to with a peer that calls us, or that its interval is too small (422). */
export function agreeSession(request: SipMessage): SessionTimer | { readonly kind: 'too-small' } {
  if (!supportsTimer(request)) return NO_TIMER;
  const asked = sessionExpires(request);
  if (asked && asked.seconds < MIN_SESSION_S) return { kind: 'too-small' };
  const expiresS = Math.max(minSe(request), Math.min(asked?.seconds ?? SESSION_S, SESSION_S));
  return { kind: 'timer', expiresS, weRefresh: asked?.refresher === 'uas' };
}

/** The headers of a 2xx that say so. The peer is the UAC of this transaction. */
export function sessionAnswer(timer: SessionTimer): SipHeader[] {
  if (timer.kind === 'none') return [];
  const refresher = timer.weRefresh ? 'uas' : 'uac';
  return [
    { name: 'Session-Expires', value: `${timer.expiresS};refresher=${refresher}` },
    ...(timer.weRefresh ? [] : [{ name: 'Require', value: 'timer' }]),
  ];
}

/** The headers of an INVITE or UPDATE of ours. We are the UAC; the peer shall refresh. */
export function sessionOffer(timer: SessionTimer): SipHeader[] {
  if (timer.kind === 'none') return [];
  const refresher = timer.weRefresh ? 'uac' : 'uas';
  return [
    { name: 'Supported', value: 'timer' },
    { name: 'Session-Expires', value: `${timer.expiresS};refresher=${refresher}` },
    { name: 'Min-SE', value: `${MIN_SESSION_S}` },
  ];
}

/** What a 2xx to our INVITE agreed to. */
export function agreedSession(response: SipMessage): SessionTimer {
  const asked = sessionExpires(response);
  if (!asked) return NO_TIMER;
  return { kind: 'timer', expiresS: asked.seconds, weRefresh: asked.refresher !== 'uas' };
}

export function hasOption(message: SipMessage, name: string, option: string): boolean {
  return headerValues(message, name).some((each) => each.trim().toLowerCase() === option);
}
