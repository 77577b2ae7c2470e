import { parseAddress, tagOf } from './address.ts';
import { parseCSeq } from './check.ts';
import { SipProtocolError } from './errors.ts';
import type { SipHeader, SipMessage, SipRequest, SipResponse } from './message.ts';
import { header, headerValues } from './message.ts';
import { createRequest } from './request.ts';
import { isSipUri, parseUri } from './uri.ts';

/** A dialog as one of its ends sees it (RFC 3261 section 12). */
export interface Dialog {
  readonly state: 'early' | 'confirmed';
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** From of what we send: our address with our tag. */
  readonly localAddress: string;
  /** To of what we send: the peer's address with its tag. */
  readonly remoteAddress: string;
  /** The peer's Contact URI: the Request-URI of what we send. */
  readonly remoteTarget: string;
  /** Route values of what we send, first hop first. */
  readonly routeSet: readonly string[];
  readonly localCSeq: number;
  /** Undefined until the peer has sent a request. */
  readonly remoteCSeq: number | undefined;
}

/** What a dialog makes of a request within it. */
export type Received =
  | { readonly kind: 'accepted'; readonly dialog: Dialog }
  /** To be answered so: 481 belongs elsewhere, 500 is out of order, 400 is unreadable. */
  | { readonly kind: 'refused'; readonly status: 400 | 481 | 500 };

/** What makes a dialog findable: Call-ID and both tags, ours first. */
export function dialogId(message: SipMessage, side: 'sent' | 'received'): string {
  const from = tagOf(header(message, 'From') ?? '') ?? '';
  const to = tagOf(header(message, 'To') ?? '') ?? '';
  // A response carries the tags as its request did.
  const oursIsFrom = (message.kind === 'request') === (side === 'sent');
  const callId = header(message, 'Call-ID') ?? '';
  return oursIsFrom ? `${callId} ${from} ${to}` : `${callId} ${to} ${from}`;
}

/**
 * Throws with 400 where a request cannot begin a dialog: its Contact and Record-Route say where the
 * requests of that dialog go, so all of them must read (section 12.1.1).
 */
export function checkDialogRequest(request: SipRequest): void {
  contactUri(request);
  if (routesOf(request).length < headerValues(request, 'Record-Route').length) {
    throw new SipProtocolError(400, 'Bad Record-Route');
  }
}

/** The called end's dialog (section 12.1.1), from a request that was checked and our response with its To tag. */
export function dialogOfServer(request: SipRequest, response: SipResponse): Dialog {
  const to = header(response, 'To') ?? '';
  const from = header(request, 'From') ?? '';
  return {
    ...shared(request, response),
    localTag: tagOf(to) ?? '',
    remoteTag: tagOf(from) ?? '',
    localAddress: to,
    remoteAddress: from,
    remoteTarget: contactUri(request),
    routeSet: routesOf(request),
    localCSeq: 0,
    remoteCSeq: cseqOf(request),
  };
}

/**
 * The calling end's dialog (section 12.1.2), from our request and a response with a To tag. Where the
 * response names no target that reads, requests go on to where the first one went.
 */
export function dialogOfClient(request: SipRequest, response: SipResponse): Dialog {
  const to = header(response, 'To') ?? '';
  const from = header(request, 'From') ?? '';
  return {
    ...shared(request, response),
    localTag: tagOf(from) ?? '',
    remoteTag: tagOf(to) ?? '',
    localAddress: from,
    remoteAddress: to,
    remoteTarget: contactOr(response, request.uri),
    routeSet: routesOf(response).reverse(),
    localCSeq: cseqOf(request),
    remoteCSeq: undefined,
  };
}

/** The early dialog after its 2xx: route set and target are taken anew (section 13.2.2.4). */
export function confirm(dialog: Dialog, response: SipResponse): Dialog {
  const remoteTarget = contactOr(response, dialog.remoteTarget);
  const routeSet = routesOf(response).reverse();
  return { ...dialog, state: 'confirmed', routeSet, remoteTarget };
}

/**
 * The dialog after a request from the peer (section 12.2.2). Its CSeq must be above the last; gaps
 * are allowed. INVITE and UPDATE refresh the target.
 */
export function receiveRequest(dialog: Dialog, request: SipRequest): Received {
  if (dialogId(request, 'received') !== idOf(dialog)) return { kind: 'refused', status: 481 };
  const number = cseqOf(request);
  if (request.method === 'ACK') return { kind: 'accepted', dialog };
  if (dialog.remoteCSeq !== undefined && number <= dialog.remoteCSeq) {
    return { kind: 'refused', status: 500 };
  }
  return refreshed({ ...dialog, remoteCSeq: number }, request);
}

/** The dialog after a response to a request of ours within it: 2xx to INVITE and UPDATE refresh the target. */
export function receiveResponse(dialog: Dialog, response: SipResponse): Dialog {
  const { method } = parseCSeq(header(response, 'CSeq') ?? '');
  const refreshes = method === 'INVITE' || method === 'UPDATE';
  if (!refreshes || response.status < 200 || response.status > 299) return dialog;
  return { ...dialog, remoteTarget: contactOr(response, dialog.remoteTarget) };
}

export interface InDialogExtras {
  readonly contact?: string;
  readonly headers?: readonly SipHeader[];
  readonly body?: string;
}

/** The next request of ours within the dialog (section 12.2.1.1), without Via, and the dialog after it. */
export function nextRequest(
  dialog: Dialog,
  method: string,
  extras: InDialogExtras = {},
): readonly [Dialog, SipRequest] {
  const localCSeq = dialog.localCSeq + 1;
  return [{ ...dialog, localCSeq }, inDialog(dialog, method, { ...extras, cseq: localCSeq })];
}

/** The ACK to a 2xx (section 13.2.2.4), without Via; `cseq` is the INVITE's number. */
export function ackForAnswer(
  dialog: Dialog,
  cseq: number,
  extras: InDialogExtras = {},
): SipRequest {
  return inDialog(dialog, 'ACK', { ...extras, cseq });
}

/** The URI that a request of ours within the dialog is to be sent to: the first route's or the target. */
export function nextHop(dialog: Dialog): string {
  const [first] = dialog.routeSet;
  return first === undefined ? dialog.remoteTarget : parseAddress(first).uri;
}

export function idOf(dialog: Dialog): string {
  return `${dialog.callId} ${dialog.localTag} ${dialog.remoteTag}`;
}

function shared(request: SipRequest, response: SipResponse): Pick<Dialog, 'state' | 'callId'> {
  const state = response.status < 200 ? 'early' : 'confirmed';
  return { state, callId: header(request, 'Call-ID') ?? '' };
}

function refreshed(dialog: Dialog, request: SipRequest): Received {
  const refreshes = request.method === 'INVITE' || request.method === 'UPDATE';
  if (!refreshes || header(request, 'Contact') === undefined) return { kind: 'accepted', dialog };
  try {
    return { kind: 'accepted', dialog: { ...dialog, remoteTarget: contactUri(request) } };
  } catch (error) {
    if (error instanceof SipProtocolError) return { kind: 'refused', status: 400 };
    throw error;
  }
}

function inDialog(
  dialog: Dialog,
  method: string,
  extras: InDialogExtras & { readonly cseq: number },
): SipRequest {
  const { uri, routes } = target(dialog);
  return createRequest({
    method,
    uri,
    routes,
    from: dialog.localAddress,
    to: dialog.remoteAddress,
    callId: dialog.callId,
    ...extras,
  });
}

/** A first route without `lr` is a strict router's: it wants to be the Request-URI (section 12.2.1.1). */
function target(dialog: Dialog): { readonly uri: string; readonly routes: readonly string[] } {
  const [first, ...rest] = dialog.routeSet;
  if (first === undefined) return { uri: dialog.remoteTarget, routes: [] };
  const { uri } = parseAddress(first);
  if (parseUri(uri).parameters.has('lr'))
    return { uri: dialog.remoteTarget, routes: dialog.routeSet };
  return { uri, routes: [...rest, `<${dialog.remoteTarget}>`] };
}

/** The URI of Contact. Throws with 400 where it is missing, is no sip: URI or carries headers. */
function contactUri(message: SipMessage): string {
  const value = header(message, 'Contact');
  if (value === undefined) throw new SipProtocolError(400, 'Missing Contact');
  const { uri } = parseAddress(value);
  const { headers } = parseUri(uri);
  // Headers in a Contact URI are no part of a Request-URI (section 19.1.5).
  return headers === '' ? uri : uri.slice(0, uri.indexOf('?', uri.indexOf('@') + 1));
}

/** The URI of Contact, or `otherwise` where there is none that reads: a response cannot be refused. */
function contactOr(response: SipResponse, otherwise: string): string {
  try {
    return contactUri(response);
  } catch (error) {
    if (error instanceof SipProtocolError) return otherwise;
    throw error;
  }
}

/** The Record-Route values that read: what follows from the others is nowhere. */
function routesOf(message: SipMessage): string[] {
  return headerValues(message, 'Record-Route').filter(isRoute);
}

function isRoute(value: string): boolean {
  try {
    return isSipUri(parseAddress(value).uri);
  } catch (error) {
    if (error instanceof SipProtocolError) return false;
    throw error;
  }
}

function cseqOf(message: SipMessage): number {
  return parseCSeq(header(message, 'CSeq') ?? '').number;
}
