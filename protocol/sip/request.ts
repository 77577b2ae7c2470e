import { parseCSeq } from './check.ts';
import type { SipHeader, SipRequest, SipResponse } from './message.ts';
import { header, headerValues } from './message.ts';

export interface RequestParts {
  readonly method: string;
  readonly uri: string;
  /** From and To as header values; From with its tag. */
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly cseq: number;
  readonly routes?: readonly string[];
  readonly contact?: string;
  readonly headers?: readonly SipHeader[];
  readonly body?: string;
}

/** A request with the headers of RFC 3261 section 8.1.1 but Via, which the endpoint adds. */
export function createRequest(parts: RequestParts): SipRequest {
  const { method, uri, from, to, callId, cseq, routes = [], contact } = parts;
  const headers: SipHeader[] = [
    { name: 'Max-Forwards', value: '70' },
    ...routes.map((value) => ({ name: 'Route', value })),
    { name: 'From', value: from },
    { name: 'To', value: to },
    { name: 'Call-ID', value: callId },
    { name: 'CSeq', value: `${cseq} ${method}` },
  ];
  if (contact !== undefined) headers.push({ name: 'Contact', value: contact });
  headers.push(...(parts.headers ?? []));
  return { kind: 'request', method, uri, headers, body: parts.body ?? '' };
}

/** The ACK to a failed INVITE: within its transaction, To from the response (RFC 3261 section 17.1.1.3). */
export function ackForFailure(invite: SipRequest, response: SipResponse): SipRequest {
  return inTransaction(invite, 'ACK', header(response, 'To') ?? '');
}

/** The CANCEL of a request that is under way (RFC 3261 section 9.1). */
export function cancelFor(request: SipRequest, more: readonly SipHeader[] = []): SipRequest {
  const cancel = inTransaction(request, 'CANCEL', header(request, 'To') ?? '');
  return { ...cancel, headers: [...cancel.headers, ...more] };
}

/** The request with this value above its other Vias. */
export function withTopVia(request: SipRequest, via: string): SipRequest {
  return { ...request, headers: [{ name: 'Via', value: via }, ...request.headers] };
}

/** The message with its first Via replaced. */
export function replaceTopVia(request: SipRequest, via: string): SipRequest {
  const at = request.headers.findIndex((each) => each.name === 'Via');
  return { ...request, headers: request.headers.with(at, { name: 'Via', value: via }) };
}

function inTransaction(invite: SipRequest, method: string, to: string): SipRequest {
  const { number } = parseCSeq(header(invite, 'CSeq') ?? '');
  const routes = headerValues(invite, 'Route');
  return {
    kind: 'request',
    method,
    uri: invite.uri,
    headers: [
      { name: 'Via', value: header(invite, 'Via') ?? '' },
      { name: 'Max-Forwards', value: '70' },
      ...routes.map((value) => ({ name: 'Route', value })),
      { name: 'From', value: header(invite, 'From') ?? '' },
      { name: 'To', value: to },
      { name: 'Call-ID', value: header(invite, 'Call-ID') ?? '' },
      { name: 'CSeq', value: `${number} ${method}` },
    ],
    body: '',
  };
}
