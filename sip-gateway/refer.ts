import { parseAddress } from '../protocol/sip/address.ts';
import { SipProtocolError } from '../protocol/sip/errors.ts';
import type { SipHeader, SipRequest } from '../protocol/sip/message.ts';
import { headerValues } from '../protocol/sip/message.ts';
import { reasonPhrase } from '../protocol/sip/status.ts';
import { parseUri } from '../protocol/sip/uri.ts';

/** Where a REFER wants the other one to go (RFC 3515). */
export type Referral =
  /** To somebody who is to be called: a blind transfer. */
  | { readonly kind: 'blind'; readonly user: string }
  /** To the one at the far end of another call of theirs (RFC 3891): an attended transfer. */
  | { readonly kind: 'attended'; readonly callId: string }
  | { readonly kind: 'malformed' };

const MALFORMED: Referral = { kind: 'malformed' };
const MAX_CALL_ID = 255;

/** Reads the Refer-To of a request; there must be one (RFC 3515 section 2.4.1). */
export function readReferral(request: SipRequest): Referral {
  const values = headerValues(request, 'Refer-To');
  const [value] = values;
  if (value === undefined || values.length > 1) return MALFORMED;
  try {
    return referralOf(value);
  } catch (error) {
    if (error instanceof SipProtocolError || error instanceof URIError) return MALFORMED;
    throw error;
  }
}

function referralOf(value: string): Referral {
  const uri = parseAddress(value).uri;
  const [address = '', headers = ''] = uri.split('?');
  const replaces = headers.split('&').find((each) => /^replaces=/i.test(each));
  if (replaces !== undefined) return attended(decodeURIComponent(replaces.slice(9)));
  const { user } = parseUri(address);
  return user === undefined || user === '' ? MALFORMED : { kind: 'blind', user };
}

/** Its tags are not needed: a Call-ID counts only among the calls of who asks. */
function attended(replaces: string): Referral {
  const callId = (replaces.split(';')[0] ?? '').trim();
  const isSound = callId !== '' && callId.length <= MAX_CALL_ID;
  return isSound ? { kind: 'attended', callId } : MALFORMED;
}

/** What became of it, for a NOTIFY: headers, and the status line as message/sipfrag (RFC 3420). */
export function referNews(status: number): {
  readonly headers: readonly SipHeader[];
  readonly body: string;
} {
  const state = status < 200 ? 'active;expires=60' : 'terminated;reason=noresource';
  return {
    headers: [
      { name: 'Event', value: 'refer' },
      { name: 'Subscription-State', value: state },
      { name: 'Content-Type', value: 'message/sipfrag;version=2.0' },
    ],
    body: `SIP/2.0 ${status} ${reasonPhrase(status)}\r\n`,
  };
}
