import { formatRefusal, formatResponseSent } from '../../protocol/drachtio/message.ts';
import type { WireMeta } from '../../protocol/drachtio/message.ts';
import { tagOf } from '../../protocol/sip/address.ts';
import { checkDialogRequest, dialogOfServer, receiveRequest } from '../../protocol/sip/dialog.ts';
import { SipProtocolError } from '../../protocol/sip/errors.ts';
import { formatMessage } from '../../protocol/sip/format.ts';
import type { SipHeader, SipRequest, SipResponse } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { cancelFor } from '../../protocol/sip/request.ts';
import { createResponse } from '../../protocol/sip/response.ts';
import { formatSessionExpires, sessionExpires } from '../../protocol/sip/session-timer.ts';
import { isSuccess } from '../../protocol/sip/status.ts';
import { serverKey } from '../../protocol/sip/transaction-key.ts';
import type { Flow, ServerTransaction } from '../sip/endpoint.ts';
import type { Call, Client } from './call.ts';
import { drachtioId, newCall } from './call.ts';
import type { Desk } from './desk.ts';
import { chosenTag, completeResponse, hasHeader, isReliable } from './draft.ts';
import { cseqOf, endForLostPeer, keepSession, REASON, sayBye, terminate } from './ending.ts';
import { Reliable } from './reliable.ts';
import { agreedExpiry, MIN_SE_S } from './session-expiry.ts';
import { destinationOf, dialogDestination } from './where.ts';

/** A request of a peer's that a client has not finally answered. */
interface Pending {
  readonly id: string;
  readonly client: Client;
  readonly transaction: ServerTransaction;
  localTag: string;
  /** The call it began or belongs to. */
  call: Call | undefined;
  readonly inDialog: boolean;
  readonly reliable: Reliable;
  readonly stopWaiting: () => void;
}

const RETRY_AFTER: readonly SipHeader[] = [{ name: 'Retry-After', value: '5' }];
/** A non-INVITE that no client answers: by then its sender has given up (RFC 3261 timer F). */
const ANSWER_MS = 32_000;
/** These make no sense but in a call. */
const IN_CALL_ONLY = ['BYE', 'UPDATE', 'PRACK'];

/** From the SIP side to the clients, and the clients' answers back. */
export class FromNetwork {
  readonly #desk: Desk;
  readonly #pending = new Map<string, Pending>();
  /** Pending ones by server transaction. */
  readonly #byKey = new Map<string, Pending>();
  /** Requests outside dialogs under way, to find copies that came another way (482). */
  readonly #underWay = new Set<string>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get size(): number {
    return this.#pending.size;
  }

  onRequest(transaction: ServerTransaction): void {
    try {
      this.#take(transaction);
    } catch (error) {
      if (!(error instanceof SipProtocolError)) throw error;
      this.#refuse(transaction, error.status);
    }
  }

  #take(transaction: ServerTransaction): void {
    const { request } = transaction;
    const localTag = tagOf(header(request, 'To') ?? '');
    if (localTag === undefined) return this.#onNew(transaction);
    const remoteTag = tagOf(header(request, 'From') ?? '') ?? '';
    const call = this.#desk.calls.find(header(request, 'Call-ID') ?? '', localTag, remoteTag);
    if (call) this.#onInCall(transaction, call);
    else this.#refuse(transaction, 481);
  }

  onAck(request: SipRequest, flow: Flow): void {
    const localTag = tagOf(header(request, 'To') ?? '') ?? '';
    const remoteTag = tagOf(header(request, 'From') ?? '') ?? '';
    const call = this.#desk.calls.find(header(request, 'Call-ID') ?? '', localTag, remoteTag);
    if (!call) return;
    call.awaitsAck = false;
    this.#desk.tell(call, call.transactionId, request, destinationOf(flow));
  }

  /** The peer took its INVITE back. As in drachtio, the 487 is ours and the client only hears of it. */
  onCancel(invite: ServerTransaction, cancel: SipRequest): void {
    const pending = this.#byKey.get(serverKey(invite.request));
    if (!pending) return;
    this.#forget(pending);
    const toTag = pending.localTag;
    invite.respond(createResponse(invite.request, 487, { toTag }));
    const { call, client, id } = pending;
    if (call && pending.inDialog) call.inviteIn = false;
    else if (call) this.#desk.calls.remove(call);
    if (call) this.#desk.tell(call, id, cancel, destinationOf(invite.flow));
    else this.#desk.tellNew(client, id, cancel, invite.flow);
  }

  onTransactionTimeout(transaction: ServerTransaction): void {
    const { request } = transaction;
    const pending = this.#byKey.get(serverKey(request));
    if (pending) return this.#takeBack(pending);
    const fromTag = tagOf(header(request, 'From') ?? '') ?? '';
    const callId = header(request, 'Call-ID') ?? '';
    const toTag = tagOf(header(request, 'To') ?? '') ?? '';
    const call =
      this.#desk.calls.find(callId, toTag, fromTag) ??
      this.#desk.calls.byId(drachtioId(callId, fromTag));
    if (call?.awaitsAck) terminate(this.#desk, call, REASON.ackTimeout);
  }

  onFlowClosed(flow: Flow): void {
    for (const pending of [...this.#pending.values()]) {
      const { connection } = pending.transaction.flow;
      if (connection === flow.connection && flow.transport === 'ws') this.#takeBack(pending);
    }
    for (const call of this.#desk.calls.all()) {
      if (call.destination.connection === flow.connection) this.#onPeerGone(call, flow);
    }
  }

  /** A client's answer to a request it was told of. */
  respond(client: Client, msgId: string, transactionId: string, draft: SipResponse): void {
    const pending = this.#pending.get(transactionId);
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

  clientGone(client: Client): void {
    for (const pending of [...this.#pending.values()]) {
      if (pending.client !== client) continue;
      this.#forget(pending);
      const toTag = pending.localTag;
      const extras = { toTag, headers: RETRY_AFTER };
      pending.transaction.respond(createResponse(pending.transaction.request, 503, extras));
    }
    for (const call of this.#desk.calls.all()) {
      if (call.client !== client) continue;
      if (call.state === 'confirmed') sayBye(this.#desk, call, REASON.clientLost);
      else this.#desk.calls.remove(call);
    }
  }

  #onNew(transaction: ServerTransaction): void {
    const { request, flow } = transaction;
    if (IN_CALL_ONLY.includes(request.method)) return this.#refuse(transaction, 481);
    if (this.#underWay.has(copyKey(request)) || this.#isTaken(request)) {
      return this.#refuse(transaction, 482);
    }
    const client = this.#desk.routes.pick(request.method);
    if (!client) return this.#refuse(transaction, 503, RETRY_AFTER);
    if (request.method === 'INVITE') {
      checkDialogRequest(request);
      transaction.respond(createResponse(request, 100));
    }
    this.#underWay.add(copyKey(request));
    const { id } = this.#await(transaction, client, undefined);
    this.#desk.tellNew(client, id, request, flow);
  }

  /** Another call has the name that this INVITE's would get: it could not be told from it. */
  #isTaken(request: SipRequest): boolean {
    const fromTag = tagOf(header(request, 'From') ?? '') ?? '';
    const id = drachtioId(header(request, 'Call-ID') ?? '', fromTag);
    return request.method === 'INVITE' && this.#desk.calls.byId(id) !== undefined;
  }

  #onInCall(transaction: ServerTransaction, call: Call): void {
    const { request, flow } = transaction;
    const received = receiveRequest(call.dialog, request);
    if (received.kind === 'refused') return this.#refuse(transaction, received.status);
    if (request.method === 'INVITE' && call.inviteOut) return this.#refuse(transaction, 491);
    if (request.method === 'INVITE' && call.inviteIn) {
      return this.#refuse(transaction, 500, RETRY_AFTER);
    }
    if (request.method === 'PRACK' && !this.#settle(call, request)) {
      return this.#refuse(transaction, 481);
    }
    if (tooBrief(request)) {
      return this.#refuse(transaction, 422, [{ name: 'Min-SE', value: `${MIN_SE_S}` }]);
    }
    call.dialog = received.dialog;
    call.destination = dialogDestination(call.dialog, destinationOf(flow));
    if (request.method === 'INVITE') {
      call.inviteIn = true;
      transaction.respond(createResponse(request, 100));
    }
    const { id } = this.#await(transaction, call.client, call);
    if (request.method === 'BYE') this.#desk.calls.remove(call);
    this.#desk.tell(call, id, request, destinationOf(flow));
  }

  /** The PRACK that ends the repeating of a provisional response. */
  #settle(call: Call, prack: SipRequest): boolean {
    for (const pending of this.#pending.values()) {
      if (pending.call === call && pending.reliable.settle(prack)) return true;
    }
    return false;
  }

  #await(transaction: ServerTransaction, client: Client, call: Call | undefined): Pending {
    const { newId, newTag, after } = this.#desk.outside;
    const stopWaiting =
      transaction.request.method === 'INVITE'
        ? () => undefined
        : after(ANSWER_MS, () => this.#giveUp(pending));
    const pending: Pending = {
      id: newId(),
      client,
      transaction,
      localTag: call?.dialog.localTag ?? newTag(),
      call,
      inDialog: call !== undefined,
      reliable: new Reliable(transaction, this.#desk.outside),
      stopWaiting,
    };
    this.#pending.set(pending.id, pending);
    this.#byKey.set(serverKey(transaction.request), pending);
    return pending;
  }

  #forget(pending: Pending): void {
    const { request } = pending.transaction;
    pending.stopWaiting();
    pending.reliable.stop();
    this.#pending.delete(pending.id);
    this.#byKey.delete(serverKey(request));
    if (!pending.inDialog) this.#underWay.delete(copyKey(request));
  }

  #giveUp(pending: Pending): void {
    this.#forget(pending);
    this.#refuse(pending.transaction, 500);
  }

  /** The peer of an unanswered request is gone: its client hears a CANCEL in its place. */
  #takeBack(pending: Pending): void {
    const { request } = pending.transaction;
    if (request.method === 'INVITE') this.onCancel(pending.transaction, cancelFor(request));
    else this.#giveUp(pending);
  }

  /** A browser cannot be dialled again; a phone on TCP can. */
  #onPeerGone(call: Call, { transport, address, port }: Flow): void {
    if (transport === 'ws' && call.state === 'confirmed') endForLostPeer(this.#desk, call);
    call.destination = dialogDestination(call.dialog, { transport, address, port });
  }

  #refuse(
    transaction: ServerTransaction,
    status: number,
    headers: readonly SipHeader[] = [],
  ): void {
    const toTag = this.#desk.outside.newTag();
    transaction.respond(createResponse(transaction.request, status, { toTag, headers }));
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
    this.#forget(pending);
    if (!call || call.state === 'ended') return;
    if (request.method === 'INVITE') answered(call, response);
    if (request.method === 'INVITE' && !success && !inDialog) this.#desk.calls.remove(call);
    if (!success || !hasSession(request)) return;
    const asked = inDialog ? agreedExpiry(request, 'uas') : undefined;
    const expiry = agreedExpiry(response, 'uas') ?? asked;
    if (expiry) keepSession(this.#desk, call, expiry);
  }
}

/**
 * What two copies of one request share (RFC 3261 section 8.2.2.2). Two INVITEs need not share their
 * CSeq: both would begin the call of one name.
 */
function copyKey(request: SipRequest): string {
  const fromTag = tagOf(header(request, 'From') ?? '') ?? '';
  const cseq = request.method === 'INVITE' ? '' : cseqOf(request);
  return `${header(request, 'Call-ID') ?? ''} ${fromTag} ${cseq} ${request.method}`;
}

/** A call after our final answer to an INVITE in it, or to the one that began it. */
function answered(call: Call, response: SipResponse): void {
  const success = isSuccess(response.status);
  call.inviteIn = false;
  call.awaitsAck = success;
  if (success) call.state = 'confirmed';
  if (success && response.body !== '') call.localSdp = response.body;
}

/** Whether a request sets the session timer (RFC 4028). */
function hasSession({ method }: SipRequest): boolean {
  return method === 'INVITE' || method === 'UPDATE';
}

function tooBrief(request: SipRequest): boolean {
  if (!hasSession(request)) return false;
  const session = sessionExpires(request);
  return session !== undefined && session.seconds < MIN_SE_S;
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
