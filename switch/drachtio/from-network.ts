import { tagOf } from '../../protocol/sip/address.ts';
import { checkDialogRequest, receiveRequest } from '../../protocol/sip/dialog.ts';
import { SipProtocolError } from '../../protocol/sip/errors.ts';
import type { SipHeader, SipRequest, SipResponse } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { cancelFor } from '../../protocol/sip/request.ts';
import { createResponse } from '../../protocol/sip/response.ts';
import type { Flow, ServerTransaction } from '../sip/endpoint.ts';
import { Answers } from './answers.ts';
import type { Call, Client } from './call.ts';
import { drachtioId } from './call.ts';
import type { Desk } from './desk.ts';
import { endForLostPeer, REASON, sayBye, terminate } from './ending.ts';
import { PendingRequests } from './pending.ts';
import type { Pending } from './pending.ts';
import { isTooBrief, MIN_SE_S } from './session-expiry.ts';
import { destinationOf, dialogDestination } from './where.ts';

const RETRY_AFTER: readonly SipHeader[] = [{ name: 'Retry-After', value: '5' }];
/** These make no sense but in a call. */
const IN_CALL_ONLY = ['BYE', 'UPDATE', 'PRACK'];

/** From the SIP side to the clients: peers' requests, what takes them back, and peers that are gone. */
export class FromNetwork {
  readonly #desk: Desk;
  readonly #pending: PendingRequests;
  readonly #answers: Answers;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#pending = new PendingRequests(desk.outside, ({ transaction }) =>
      this.#refuse(transaction, 500),
    );
    this.#answers = new Answers(desk, this.#pending);
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
    const pending = this.#pending.of(invite.request);
    if (!pending) return;
    this.#pending.forget(pending);
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
    const pending = this.#pending.of(request);
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
    for (const pending of this.#pending.all()) {
      const { connection } = pending.transaction.flow;
      if (connection === flow.connection && flow.transport === 'ws') this.#takeBack(pending);
    }
    for (const call of this.#desk.calls.all()) {
      if (call.destination.connection === flow.connection) this.#onPeerGone(call, flow);
    }
  }

  /** A client's answer to a request it was told of. */
  respond(client: Client, msgId: string, transactionId: string, draft: SipResponse): void {
    this.#answers.respond(client, { msgId, transactionId, draft });
  }

  clientGone(client: Client): void {
    for (const pending of this.#pending.all()) {
      if (pending.client !== client) continue;
      this.#pending.forget(pending);
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
    if (this.#pending.hasCopy(request) || this.#isTaken(request)) {
      return this.#refuse(transaction, 482);
    }
    const client = this.#desk.routes.pick(request.method);
    if (!client) return this.#refuse(transaction, 503, RETRY_AFTER);
    if (request.method === 'INVITE') {
      checkDialogRequest(request);
      transaction.respond(createResponse(request, 100));
    }
    const { id } = this.#pending.add(transaction, client, undefined);
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
    if (request.method === 'PRACK' && !this.#pending.settle(call, request)) {
      return this.#refuse(transaction, 481);
    }
    if (isTooBrief(request)) {
      return this.#refuse(transaction, 422, [{ name: 'Min-SE', value: `${MIN_SE_S}` }]);
    }
    call.dialog = received.dialog;
    call.destination = dialogDestination(call.dialog, destinationOf(flow));
    if (request.method === 'INVITE') {
      call.inviteIn = true;
      transaction.respond(createResponse(request, 100));
    }
    const { id } = this.#pending.add(transaction, call.client, call);
    if (request.method === 'BYE') this.#desk.calls.remove(call);
    this.#desk.tell(call, id, request, destinationOf(flow));
  }

  /** The peer of an unanswered request is gone: its client hears a CANCEL in its place. */
  #takeBack(pending: Pending): void {
    const { request } = pending.transaction;
    if (request.method === 'INVITE') this.onCancel(pending.transaction, cancelFor(request));
    else this.#drop(pending);
  }

  #drop(pending: Pending): void {
    this.#pending.forget(pending);
    this.#refuse(pending.transaction, 500);
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
}
