import { tagOf } from './address.ts';
import { parseCSeq } from './check.ts';
import type { SipMessage, SipRequest, SipResponse } from './message.ts';
import { header } from './message.ts';
import type { Via } from './via.ts';
import { MAGIC_COOKIE, parseVia } from './via.ts';

/**
 * The server transaction a request belongs to (RFC 3261 section 17.2.3). An ACK has its INVITE's
 * key; requests without a branch of RFC 3261 are matched by what RFC 2543 compared.
 */
export function serverKey(request: SipRequest, via: Via = topVia(request)): string {
  return keyFor(request, via, request.method === 'ACK' ? 'INVITE' : request.method);
}

/** The server transaction that a CANCEL is after (RFC 3261 section 9.2). */
export function cancelledKey(cancel: SipRequest, via: Via = topVia(cancel)): string {
  return keyFor(cancel, via, 'INVITE');
}

/** The client transaction of a request that we sent. */
export function clientKey(request: SipRequest): string {
  return `${topVia(request).parameters.get('branch') ?? ''} ${request.method}`;
}

/** The client transaction that a response answers (RFC 3261 section 17.1.3). */
export function answeredKey(response: SipResponse): string {
  const { method } = parseCSeq(header(response, 'CSeq') ?? '');
  return `${topVia(response).parameters.get('branch') ?? ''} ${method}`;
}

/** What the ACK to a 2xx shares with the 2xx, and no other message with either. */
export function answerKey(message: SipMessage): string {
  const { number } = parseCSeq(header(message, 'CSeq') ?? '');
  const from = tagOf(header(message, 'From') ?? '') ?? '';
  const to = tagOf(header(message, 'To') ?? '') ?? '';
  return `${header(message, 'Call-ID') ?? ''} ${from} ${to} ${number}`;
}

export function topVia(message: SipMessage): Via {
  return parseVia(header(message, 'Via') ?? '');
}

function keyFor(request: SipRequest, via: Via, method: string): string {
  const branch = via.parameters.get('branch') ?? '';
  const sentBy = `${via.host}:${via.port ?? ''}`;
  if (branch.startsWith(MAGIC_COOKIE) && branch.length > MAGIC_COOKIE.length) {
    return `${branch} ${sentBy} ${method}`;
  }
  const { number } = parseCSeq(header(request, 'CSeq') ?? '');
  const from = header(request, 'From') ?? '';
  const id = `${header(request, 'Call-ID') ?? ''} ${tagOf(from) ?? from} ${number}`;
  return `2543 ${id} ${request.uri} ${sentBy} ${branch} ${method}`;
}
