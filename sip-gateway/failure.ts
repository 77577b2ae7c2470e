import type { SipHeader, SipResponse } from '../protocol/sip/message.ts';
import { header } from '../protocol/sip/message.ts';

/** A refusal as it goes out. */
export interface Refused {
  readonly status: number;
  readonly headers: readonly SipHeader[];
}

export interface CallerFailure {
  readonly status: number;
  readonly retryAfterS?: number;
}

const DEFAULT_RETRY_S = 5;

/** Refusals that are about us and the switch, or about one transaction, and mean nothing to a caller. */
const OURS = new Set([401, 407, 408, 420, 421, 422, 481, 482, 483, 491, 494]);

/**
 * Whether FreeSWITCH's access list turned the call away: mod_sofia's sofia_handle_sip_i_invite answers
 * then before there is a channel. What is refused later says why, in a Reason (RFC 3326).
 */
export function isAccessRefusal(response: SipResponse): boolean {
  return response.status === 403 && header(response, 'Reason') === undefined;
}

/**
 * What a caller hears when the switch does not take the call. Refusals of the call itself pass
 * (486 full, 404, 488 …); all that is our trouble becomes 503 with Retry-After.
 */
export function callerFailure(response: SipResponse): CallerFailure {
  const { status } = response;
  const passes = (status >= 400 && status < 500) || status >= 600;
  if (passes && !OURS.has(status) && !isAccessRefusal(response)) return { status };
  return { status: 503, retryAfterS: retryAfter(response) };
}

export function refused({ status, retryAfterS }: CallerFailure): Refused {
  const headers =
    retryAfterS === undefined ? [] : [{ name: 'Retry-After', value: `${retryAfterS}` }];
  return { status, headers };
}

function retryAfter(response: SipResponse): number {
  const seconds = Number.parseInt(header(response, 'Retry-After') ?? '', 10);
  return seconds > 0 && seconds <= 3600 ? seconds : DEFAULT_RETRY_S;
}
