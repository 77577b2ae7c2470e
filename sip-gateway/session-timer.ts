import type { SipHeader, SipMessage } from '../protocol/sip/message.ts';
import { header, headerValues } from '../protocol/sip/message.ts';

/** What we offer: a vanished peer is noticed after this long. drachtio takes no less than 90 s. */
export const SESSION_S = 120;
export const MIN_SESSION_S = 90;

/** How a leg proves that it lives (RFC 4028), after a 2xx. */
export type SessionTimer =
  | { readonly kind: 'timer'; readonly expiresS: number; readonly weRefresh: boolean }
  /** The peer knows no session timers: it is asked with OPTIONS in the dialog instead. */
  | { readonly kind: 'none' };

export const NO_TIMER: SessionTimer = { kind: 'none' };

/** What we agree to with a peer that calls us, or that its interval is too small (422). */
export function agreeSession(request: SipMessage): SessionTimer | { readonly kind: 'too-small' } {
  const asked = sessionExpires(request);
  if (!supportsTimer(request)) return NO_TIMER;
  if (asked !== undefined && asked.expiresS < MIN_SESSION_S) return { kind: 'too-small' };
  const floorS = Math.max(MIN_SESSION_S, minSession(request));
  const expiresS = Math.max(floorS, Math.min(asked?.expiresS ?? SESSION_S, SESSION_S));
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
  const agreed = sessionExpires(response);
  if (!agreed) return NO_TIMER;
  return { kind: 'timer', expiresS: agreed.expiresS, weRefresh: agreed.refresher !== 'uas' };
}

export function supportsTimer(message: SipMessage): boolean {
  return hasOption(message, 'Supported', 'timer') || hasOption(message, 'Require', 'timer');
}

export function hasOption(message: SipMessage, name: string, option: string): boolean {
  return headerValues(message, name).some((each) => each.trim().toLowerCase() === option);
}

function sessionExpires(message: SipMessage) {
  const found = /^\s*(\d{1,9})\s*(?:;.*?refresher\s*=\s*(uac|uas))?/i.exec(
    header(message, 'Session-Expires') ?? '',
  );
  if (!found) return undefined;
  return { expiresS: Number(found[1]), refresher: found[2]?.toLowerCase() };
}

function minSession(message: SipMessage): number {
  const text = header(message, 'Min-SE') ?? '';
  return /^\d{1,5}/.test(text) ? Number.parseInt(text, 10) : 0;
}
