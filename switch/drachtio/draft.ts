import { tagOf, withTag } from '../../protocol/sip/address.ts';
import { parseCSeq } from '../../protocol/sip/check.ts';
import type { SipHeader, SipMessage, SipRequest, SipResponse } from '../../protocol/sip/message.ts';
import { header, headerValues } from '../../protocol/sip/message.ts';
import { createRequest } from '../../protocol/sip/request.ts';
import { createResponse } from '../../protocol/sip/response.ts';

/**
 * Completes what a client writes. It names what it cares for; the rest belongs to the server
 * (drachtio-server src/sip-dialog-controller.cpp and `makeTags` in src/drachtio.cpp).
 */

const OURS = new Set([
  ...['Via', 'Route', 'Record-Route', 'Content-Length', 'RSeq'],
  ...['From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards'],
]);

/** The client's headers that go out as they are; `localhost` in an address means our own. */
export function clientHeaders(draft: SipMessage, ownHost: string): SipHeader[] {
  const kept = draft.headers.filter(({ name }) => !OURS.has(name));
  const named = kept.map(({ name, value }) => ({ name, value: ownAddress(value, ownHost) }));
  return hasHeader(draft, 'Content-Type') || !draft.body.startsWith('v=0')
    ? named
    : [...named, { name: 'Content-Type', value: 'application/sdp' }];
}

export function hasHeader(message: SipMessage, name: string): boolean {
  return header(message, name) !== undefined;
}

function ownAddress(value: string, ownHost: string): string {
  return value.replace(/@localhost(?=[>;:]|$)(?::\d+)?/, `@${ownHost}`);
}

export interface ResponseParts {
  readonly localTag: string;
  readonly contact: string;
  readonly ownHost: string;
  readonly extra: readonly SipHeader[];
}

/** A response as it goes out, from the request it answers and the client's draft. */
export function completeResponse(
  request: SipRequest,
  draft: SipResponse,
  parts: ResponseParts,
): SipResponse {
  const needsContact = makesDialog(request.method, draft) && !hasHeader(draft, 'Contact');
  const headers = [
    ...(needsContact ? [{ name: 'Contact', value: parts.contact }] : []),
    ...clientHeaders(draft, parts.ownHost),
    ...parts.extra,
  ];
  const { status, reason, body } = draft;
  return createResponse(request, status, { reason, body, headers, toTag: parts.localTag });
}

function makesDialog(method: string, draft: SipResponse): boolean {
  if (method !== 'INVITE' && method !== 'SUBSCRIBE') return false;
  const { status } = draft;
  return (status >= 200 && status < 300) || (status > 100 && status < 200 && isReliable(draft));
}

/** Whether a provisional response must be sent until its PRACK comes (RFC 3262). */
export function isReliable(message: SipMessage): boolean {
  return message.headers.some(({ name, value }) => name === 'Require' && value === '100rel');
}

/** A tag that the client chose for To, unless one is in use. */
export function chosenTag(draft: SipResponse): string | undefined {
  return tagOf(header(draft, 'To') ?? '');
}

export interface RequestParts {
  readonly callId: string;
  readonly tag: string;
  readonly contact: string;
  readonly ownHost: string;
}

/**
 * A request outside any dialog of ours as it goes out, but for the Via. One with both tags belongs to
 * a dialog that its client alone knows, and keeps its place there.
 */
export function completeRequest(draft: SipRequest, parts: RequestParts): SipRequest {
  if (namesDialog(draft)) return inItsDialog(draft, parts);
  const from = ownAddress(header(draft, 'From') ?? parts.contact, parts.ownHost);
  const to = ownAddress(header(draft, 'To') ?? `<${draft.uri}>`, parts.ownHost);
  const needsContact = draft.method === 'INVITE' || draft.method === 'SUBSCRIBE';
  const contact = needsContact && !hasHeader(draft, 'Contact') ? parts.contact : undefined;
  return createRequest({
    method: draft.method,
    uri: draft.uri,
    from: tagOf(from) === undefined ? withTag(from, parts.tag) : from,
    to,
    callId: header(draft, 'Call-ID') ?? parts.callId,
    cseq: chosenCSeq(draft) ?? 1,
    ...(contact === undefined ? {} : { contact }),
    headers: clientHeaders(draft, parts.ownHost),
    body: draft.body,
  });
}

/** A client that calls again, with what the first answer asked for, counts on (RFC 3261 section 22.2). */
function chosenCSeq(draft: SipRequest): number | undefined {
  const value = header(draft, 'CSeq');
  return value === undefined ? undefined : parseCSeq(value).number;
}

function namesDialog(draft: SipRequest): boolean {
  return ['From', 'To'].every((name) => tagOf(header(draft, name) ?? '') !== undefined);
}

function inItsDialog(draft: SipRequest, parts: RequestParts): SipRequest {
  const routes = headerValues(draft, 'Route').map((value) => ({ name: 'Route', value }));
  return createRequest({
    method: draft.method,
    uri: draft.uri,
    from: header(draft, 'From') ?? '',
    to: header(draft, 'To') ?? '',
    callId: header(draft, 'Call-ID') ?? parts.callId,
    cseq: parseCSeq(header(draft, 'CSeq') ?? '').number,
    headers: [...routes, ...clientHeaders(draft, parts.ownHost)],
    body: draft.body,
  });
}
