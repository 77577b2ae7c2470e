import type { SipMessage } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';

/** A session timer of RFC 4028 as drachtio-server keeps it for a dialog. */
export interface SessionExpiry {
  readonly expiresS: number;
  readonly weRefresh: boolean;
}

/** drachtio's smallest interval; a smaller one in a dialog gets 422. */
export const MIN_SE_S = 90;

export function sessionHeader(
  message: SipMessage,
): { readonly expiresS: number; readonly refresher: 'uac' | 'uas' | undefined } | undefined {
  const value = header(message, 'Session-Expires') ?? '';
  const found = /^\s*(\d{1,9})\s*(?:;.*?refresher\s*=\s*(uac|uas))?/i.exec(value);
  if (!found) return undefined;
  const refresher = found[2]?.toLowerCase();
  const known = refresher === 'uac' || refresher === 'uas' ? refresher : undefined;
  return { expiresS: Number(found[1]), refresher: known };
}

/** What a message with Session-Expires agrees to; `ours` is our part in its transaction. */
export function agreedExpiry(message: SipMessage, ours: 'uac' | 'uas'): SessionExpiry | undefined {
  const session = sessionHeader(message);
  if (!session) return undefined;
  const expiresS = Math.max(MIN_SE_S, session.expiresS);
  return { expiresS, weRefresh: (session.refresher ?? 'uac') === ours };
}

/** The first refresher waits half the interval, the other lets all of it pass. */
export function expiryDelayMs({ expiresS, weRefresh }: SessionExpiry): number {
  return (expiresS * 1000) / (weRefresh ? 2 : 1);
}
