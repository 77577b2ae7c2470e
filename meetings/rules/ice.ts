import { createHmac } from 'node:crypto';
import type { IceServer } from '../../protocol/http/views.ts';

/** The STUN and TURN servers that browsers are told of; none where browsers reach the switch directly. */
export interface IceSettings {
  /** `stun:` addresses (RFC 7064). */
  readonly stunUrls: readonly string[];
  /** `turn:` and `turns:` addresses (RFC 7065). */
  readonly turnUrls: readonly string[];
  /** What we share with the TURN server; without it no TURN server is told of. */
  readonly turnSecret?: string | undefined;
}

/** To whom TURN is lent, and until when. */
export interface TurnLoan {
  /** A name of no meaning; the TURN server writes it to its log. */
  readonly borrower: string;
  readonly expiresAtMs: number;
}

const HOST_AND_PORT = /^(\[[0-9a-fA-F:]+\]|[a-zA-Z0-9.-]{1,253})(:\d{1,5})?$/;

/** The text if it is a `stun:` address, RFC 7064 section 3.1. */
export function parseStunUrl(text: string): string | undefined {
  return text.startsWith('stun:') && HOST_AND_PORT.test(text.slice(5)) ? text : undefined;
}

/** The text if it is a `turn:` or `turns:` address, RFC 7065 section 3.1. */
export function parseTurnUrl(text: string): string | undefined {
  const match = /^turns?:([^?]+)(\?transport=(udp|tcp))?$/.exec(text);
  return match?.[1] !== undefined && HOST_AND_PORT.test(match[1]) ? text : undefined;
}

/**
 * What goes into a browser's `RTCConfiguration.iceServers`. TURN's user name is its expiry and the
 * borrower, its password the HMAC-SHA-1 of that name: what coturn's `use-auth-secret` checks
 * (draft-uberti-behave-turn-rest-00 section 2.2).
 */
export function iceServers(settings: IceSettings, loan: TurnLoan): readonly IceServer[] {
  const { stunUrls, turnUrls, turnSecret } = settings;
  const stun = stunUrls.length === 0 ? [] : [{ urls: stunUrls }];
  if (turnUrls.length === 0 || turnSecret === undefined) return stun;
  const username = `${Math.floor(loan.expiresAtMs / 1_000)}:${loan.borrower}`;
  const credential = createHmac('sha1', turnSecret).update(username).digest('base64');
  return [...stun, { urls: turnUrls, username, credential }];
}
