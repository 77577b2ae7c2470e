import { formatRefusal, formatResponseSent } from '../../protocol/drachtio/message.ts';
import type { WireMeta } from '../../protocol/drachtio/message.ts';
import { tagOf } from '../../protocol/sip/address.ts';
import { dialogOfServer } from '../../protocol/sip/dialog.ts';
import { formatMessage } from '../../protocol/sip/format.ts';
import type { SipHeader, SipRequest, SipResponse } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { createResponse } from '../../protocol/sip/response.ts';
import { formatSessionExpires, sessionExpires } from '../../protocol/sip/session-timer.ts';
import { isSuccess } from '../../protocol/sip/status.ts';
import type { Call, Client } from './call.ts';
import { drachtioId, newCall } from './call.ts';
import type { Desk } from './desk.ts';
import { chosenTag, completeResponse, hasHeader, isReliable } from './draft.ts';
import { keepSession } from './ending.ts';
import type { Pending, PendingRequests } from './pending.ts';
import { agreedExpiry, hasSession, MIN_SE_S } from './session-expiry.ts';
import { destinationOf, dialogDestination } from './where.ts';

/** An answer as its client sent it: `msgId` is of its frame, `transactionId` of the request it was told of. */
interface Answer {
  readonly msgId: string;
  readonly transactionId: string;
  readonly draft: SipResponse;
}

/** The clients' answers to what peers asked: completed, sent, and acknowledged to the client. */
export class Answers {
  readonly #desk: Desk;
  readonly #pending: PendingRequests;

  constructor(desk: Desk, pending: PendingRequests) {
    this.#desk = desk;
    this.#pending = pending;
  }

  respond(client: Client, { msgId, transactionId, draft }: Answer): void {
    const pending = this.#pending.byId(transactionId);
    if (pending?.client !== client) {
      const why = 'Response not sent due to unknown transaction';
      client.send(formatRefusal(this.#desk.outside.newId(), msgId, 'NOK', why));
      return;
    }
    const { transaction } = pending;
    if (!pending.call && !pending.inDialog) pending.localTag = chosenTag(draft) ?? pending.localTag;
    this.#beginCall(pending, draft);
    const response = this.#complete(pending, draft);
    transaction.respond(response);
    if (draft.status < 200 && isReliable(draft)) pending.reliable.repeat(response);
    const text = formatMessage(response);
    const meta = this.#desk.meta('application', text, transaction.flow);
    const sent = { ...receiptOf(pending, meta), transactionId, text };
    client.send(formatResponseSent(this.#desk.outside.newId(), msgId, sent));
    if (draft.status >= 200) this.#finish(pending, response);
  }

  /** An INVITE's first answer that names our tag begins the call. */
  #beginCall(pending: Pending, draft: SipResponse): void {
    const { request, flow } = pending.transaction;
    const begins = draft.status > 100 && draft.status < 300;
    if (pending.call || request.method !== 'INVITE' || !begins) return;
    const named = createResponse(request, draft.status, { toTag: pending.localTag });
    const dialog = dialogOfServer(request, named);
    pending.call = newCall({
      id: drachtioId(dialog.callId, dialog.remoteTag),
      client: pending.client,
      transactionId: pending.id,
      contact: this.#desk.contact(flow),
      dialog,
      destination: dialogDestination(dialog, destinationOf(flow)),
      localSdp: '',
    });
    this.#desk.calls.add(pending.call);
  }

  #complete(pending: Pending, draft: SipResponse): SipResponse {
    const { request, flow } = pending.transaction;
    const extra: SipHeader[] = [];
    if (draft.status < 200 && isReliable(draft)) {
      extra.push({ name: 'RSeq', value: `${pending.reliable.next()}` });
    }
    if (isSuccess(draft.status) && !hasHeader(draft, 'Session-Expires') && !pending.inDialog) {
      extra.push(...sessionEcho(request));
    }
    return completeResponse(request, draft, {
      localTag: pending.localTag,
      contact: pending.call?.contact ?? this.#desk.contact(flow),
      ownHost: this.#desk.sip.contactHost,
      extra,
    });
  }

  #finish(pending: Pending, response: SipResponse): void {
    const { call, inDialog } = pending;
    const { request } = pending.transaction;
    const success = isSuccess(response.status);
    this.#pending.forget(pending);
    if (!call || call.state === 'ended') return;
    if (request.method === 'INVITE') answered(call, response);
    if (request.method === 'INVITE' && !success && !inDialog) this.#desk.calls.remove(call);
    if (!success || !hasSession(request)) return;
    const asked = inDialog ? agreedExpiry(request, 'uas') : undefined;
    const expiry = agreedExpiry(response, 'uas') ?? asked;
    if (expiry) keepSession(this.#desk, call, expiry);
  }
}

/** A call after our final answer to an INVITE in it, or to the one that began it. */
function answered(call: Call, response: SipResponse): void {
  const success = isSuccess(response.status);
  call.inviteIn = false;
  call.awaitsAck = success;
  if (success) call.state = 'confirmed';
  if (success && response.body !== '') call.localSdp = response.body;
}

/** Where the client says nothing, drachtio agrees to a session timer whose refresher is named. */
function sessionEcho(request: SipRequest): SipHeader[] {
  const session = sessionExpires(request);
  if (session?.refresher === undefined || request.method !== 'INVITE') return [];
  const seconds = Math.max(MIN_SE_S, session.seconds);
  const value = formatSessionExpires({ seconds, refresher: session.refresher });
  return [{ name: 'Session-Expires', value }];
}

/** drachtio names the dialog of every answer but a BYE's, the transport of an INVITE's alone. */
function receiptOf(
  { call, transaction }: Pending,
  meta: WireMeta,
): { readonly meta: WireMeta; readonly dialogId: string } {
  const { request } = transaction;
  if (request.method !== 'INVITE') {
    const dialogId = request.method === 'BYE' ? '' : (call?.id ?? '');
    return { meta: { ...meta, protocol: '' }, dialogId };
  }
  const fromTag = tagOf(header(request, 'From') ?? '') ?? '';
  return { meta, dialogId: call?.id ?? drachtioId(header(request, 'Call-ID') ?? '', fromTag) };
}
