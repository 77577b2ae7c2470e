import type { SipHeader, SipRequest } from '../protocol/sip/message.ts';
import { header } from '../protocol/sip/message.ts';

/** Tells a softphone, in the BYE, to call again at once: it cannot be re-invited (RFC 3326). */
export const CALL_AGAIN: SipHeader = {
  name: 'Reason',
  value: 'SIP;cause=503;text="Call again"',
};

/** FreeSWITCH ends a leg with this cause from which no packet came for too long (switch_types.h). */
export function lostItsSound(bye: SipRequest): boolean {
  return /MEDIA_TIMEOUT/.test(header(bye, 'Reason') ?? '');
}
