import type { SipHeader, SipResponse } from '../../protocol/sip/message.ts';
import type { Refused } from '../failure.ts';

/** Refusals that are about us and the callee's server, or about one transaction. */
const OURS = new Set([400, 401, 407, 416, 420, 421, 422, 481, 482, 483, 491, 494]);

/** FreeSWITCH takes the cause from it (mod_sofia's sofia_handle_sip_i_state); 20 is SUBSCRIBER_ABSENT. */
const ABSENT: SipHeader = { name: 'Reason', value: 'Q.850;cause=20;text="Subscriber absent"' };

/** Nobody has registered as the account. */
export const NOT_REGISTERED: Refused = { status: 480, headers: [ABSENT] };

/** A trunk that is not there, or may not be called out by; the house's own settings. */
export const NO_TRUNK: Refused = { status: 503, headers: [] };

/**
 * What FreeSWITCH hears when the called one does not take the call: their answers as they are, no
 * answer at all as 480, and what is between their server and us as 503. Nobody is forwarded: a 3xx
 * could lead anywhere.
 */
export function calleeFailure({ status }: SipResponse, kind: 'account' | 'trunk'): Refused {
  return { status: told(status, kind), headers: [] };
}

function told(status: number, kind: 'account' | 'trunk'): number {
  if (status === 408 || status === 487 || (status >= 300 && status < 400)) return 480;
  // A trunk's 403 is about our account there; a phone's is its owner's no.
  if (OURS.has(status) || (kind === 'trunk' && status === 403)) return 503;
  return status >= 500 && status < 600 ? 503 : status;
}

/** Of several phones' refusals the one that says most (RFC 3261 section 16.7 step 6). */
export function tellingMost(refusals: readonly SipResponse[]): SipResponse | undefined {
  return refusals.toSorted((one, other) => weight(one) - weight(other))[0];
}

/** Someone's own word before a server's, and any of them before silence. */
function weight({ status }: SipResponse): number {
  if (status >= 600) return 0;
  if (status === 486 || status === 403) return 1;
  if (status === 480) return 2;
  if (status === 408 || status >= 500 || status < 400) return 4;
  return 3;
}
