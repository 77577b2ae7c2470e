import type { SipHeader } from '../protocol/sip/message.ts';
import type { Content } from './leg.ts';
import { ALLOW, contentType } from './relay.ts';
import { SESSION_S, sessionOffer } from './session-timer.ts';

/** Who calls the switch. */
export const GATEWAY: SipHeader = { name: 'From', value: '"Partyline" <sip:partyline@localhost>' };

/**
 * The header that names a leg of ours at the switch: our profile makes the Call-ID its Unique-ID
 * (`inbound-use-callid-as-uuid`), so that a leg that goes on at another switch stays who it is.
 */
export function legHeader(leg: string): SipHeader {
  return { name: 'Call-ID', value: leg };
}

/** A call to the switch: the caller's offer and headers of ours, nothing else of the caller's. */
export function switchCall(offer: string, headers: readonly SipHeader[]): Content {
  const session = sessionOffer({ kind: 'timer', expiresS: SESSION_S, weRefresh: false });
  const allow = { name: 'Allow', value: ALLOW };
  return { headers: [GATEWAY, allow, ...headers, ...session, ...contentType(offer)], body: offer };
}
