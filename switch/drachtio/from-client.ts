import { isIP } from 'node:net';
import type { ClientMessage } from '../../protocol/drachtio/message.ts';
import { formatRefusal, formatRequestSent } from '../../protocol/drachtio/message.ts';
import { tagOf } from '../../protocol/sip/address.ts';
import {
  ackForAnswer,
  confirm,
  dialogOfClient,
  nextRequest,
  receiveResponse,
} from '../../protocol/sip/dialog.ts';
import { SipProtocolError } from '../../protocol/sip/errors.ts';
import { formatMessage } from '../../protocol/sip/format.ts';
import type { SipRequest, SipResponse } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { parseDraft } from '../../protocol/sip/parse.ts';
import { cancelFor } from '../../protocol/sip/request.ts';
import { createResponse } from '../../protocol/sip/response.ts';
import { isSuccess } from '../../protocol/sip/status.ts';
import type { ClientListener, ClientTransaction, Destination } from '../sip/endpoint.ts';
import type { Call, Client } from './call.ts';
import { drachtioId, newCall } from './call.ts';
import type { Desk } from './desk.ts';
import { clientHeaders, completeRequest } from './draft.ts';
import { acknowledge, cseqOf, keepSession, REASON, sayBye } from './ending.ts';
import type { FromNetwork } from './from-network.ts';
import { agreedExpiry } from './session-expiry.ts';
import { dialogDestination, targetOf } from './where.ts';

/** drachtio-srf looks for these words. */
const NO_DIALOG = 'Server error: unable to find dialog for dialog id provided';

type SipCommand = Extract<ClientMessage, { kind: 'sip' }>;

/** A request outside any dialog that a client sent, without a final answer. */
interface Sent {
  readonly id: string;
  readonly client: Client;
  readonly destination: Destination;
  readonly transaction: ClientTransaction;
  call: Call | undefined;
  /** The last reliable provisional response passed on (RFC 3262). */
  rseq: number;
}

/** From the clients to the SIP side, and the network's answers back. */
export class FromClient {
  readonly #desk: Desk;
  readonly #network: FromNetwork;
  readonly #sent = new Map<string, Sent>();

  constructor(desk: Desk, network: FromNetwork) {
    this.#desk = desk;
    this.#network = network;
  }

  get size(): number {
    return this.#sent.size;
  }

  /** Sends what a client wrote, or tells it why not (`NOK`). */
  onSip(client: Client, command: SipCommand): void {
    try {
      this.#dispatch(client, command);
    } catch (error) {
      if (!(error instanceof SipProtocolError)) throw error;
      this.#refuse(client, command.id, error.message);
    }
  }

  clientGone(client: Client): void {
    for (const sent of this.#sent.values()) {
      if (sent.client === client) sent.transaction.cancel();
    }
  }

  #dispatch(client: Client, command: SipCommand): void {
    const draft = parseDraft(command.text);
    if (draft.kind === 'response') {
      this.#network.respond(client, command.id, command.transactionId, draft);
    } else if (command.dialogId !== '') this.#sendInCall(client, command, draft);
    else if (draft.method === 'CANCEL') this.#cancel(client, command, draft);
    else this.#sendNew(client, command, draft);
  }

  #refuse(client: Client, to: string, why: string): void {
    client.send(formatRefusal(this.#desk.outside.newId(), to, 'NOK', why));
  }

  #cancel(client: Client, { id, transactionId }: SipCommand, draft: SipRequest): void {
    const sent = this.#sent.get(transactionId);
    if (!sent) {
      return this.#refuse(client, id, `unable to cancel unknown transaction id: ${transactionId}`);
    }
    const headers = clientHeaders(draft, this.#desk.sip.contactHost);
    sent.transaction.cancel(headers);
    const cancelId = this.#desk.outside.newId();
    const cancel = cancelFor(sent.transaction.request, headers);
    this.#receipt(client, id, cancelId, [cancel, sent.destination]);
  }

  #sendNew(client: Client, command: SipCommand, draft: SipRequest): void {
    const target = targetOf(command.routeUri === '' ? draft.uri : command.routeUri);
    const send = (address: string) => {
      const { transport, port } = target;
      this.#sendTo(client, command.id, draft, { transport, address, port });
    };
    if (isIP(target.host) !== 0) return send(target.host);
    this.#desk.outside
      .resolve(target.host)
      .then(send, () => this.#refuse(client, command.id, `unable to resolve ${target.host}`));
  }

  #sendTo(client: Client, msgId: string, draft: SipRequest, destination: Destination): void {
    const { sip, outside } = this.#desk;
    if (`${destination.address}:${destination.port}` === sip.contactHost) {
      return this.#refuse(client, msgId, 'can not send request to myself');
    }
    const request = completeRequest(draft, {
      callId: outside.newId(),
      tag: outside.newTag(),
      contact: this.#desk.contact(destination),
      ownHost: sip.contactHost,
    });
    const transaction = sip.request(request, destination, {
      onResponse: (response) => this.#onAnswer(sent, response),
      onFailure: (reason) => this.#onAnswer(sent, this.#failure(sent.transaction, reason)),
    });
    const id = outside.newId();
    const sent: Sent = { id, client, destination, transaction, call: undefined, rseq: 0 };
    this.#sent.set(id, sent);
    this.#receipt(client, msgId, id, [transaction.request, destination]);
  }

  #onAnswer(sent: Sent, response: SipResponse): void {
    // sofia keeps it to itself, so applications of drachtio never see one.
    if (response.status === 100) return;
    const { request } = sent.transaction;
    const isInvite = request.method === 'INVITE';
    if (response.status >= 200) this.#sent.delete(sent.id);
    if (isInvite && !this.#advanceCall(sent, response)) return;
    const fromTag = tagOf(header(request, 'From') ?? '') ?? '';
    const dialogId = isInvite ? drachtioId(header(request, 'Call-ID') ?? '', fromTag) : '';
    const ids = { transactionId: sent.id, dialogId };
    this.#desk.tellAnswer(sent.client, ids, response, sent.destination);
  }

  /** Takes a response to an INVITE into its call. False where its client need not hear of it. */
  #advanceCall(sent: Sent, response: SipResponse): boolean {
    if (response.status >= 300) {
      if (sent.call) this.#desk.calls.remove(sent.call);
      return true;
    }
    if (tagOf(header(response, 'To') ?? '') === undefined) return true;
    if (isRepeated(sent, response)) return false;
    sent.call ??= this.#beginCall(sent, response);
    const { call } = sent;
    if (response.status < 200) return true;
    return this.#confirmCall(call, response);
  }

  #beginCall({ id, client, transaction, destination }: Sent, response: SipResponse): Call {
    const { request } = transaction;
    const dialog = dialogOfClient(request, response);
    const call = newCall({
      id: drachtioId(dialog.callId, dialog.localTag),
      client,
      transactionId: id,
      contact: header(request, 'Contact') ?? '',
      dialog,
      destination: dialogDestination(dialog, destination),
      localSdp: request.body,
    });
    this.#desk.calls.add(call);
    return call;
  }

  #confirmCall(call: Call, response: SipResponse): boolean {
    const cseq = cseqOf(response);
    if (call.state === 'confirmed') {
      this.#acknowledgeAgain(call, cseq);
      return false;
    }
    if (call.state === 'ended' || call.client.gone) return this.#endUnwanted(call, response);
    const tag = tagOf(header(response, 'To') ?? '') ?? '';
    // A forking proxy's other branch answered: its tag is the call's.
    const named = { ...call.dialog, remoteTag: tag, remoteAddress: header(response, 'To') ?? '' };
    call.dialog = confirm(named, response);
    call.destination = dialogDestination(call.dialog, call.destination);
    call.state = 'confirmed';
    call.unacked = cseq;
    const expiry = agreedExpiry(response, 'uac');
    if (expiry) keepSession(this.#desk, call, expiry);
    return true;
  }

  /** The client is gone, or the call was given up, while the 2xx was on its way. */
  #endUnwanted(call: Call, response: SipResponse): boolean {
    call.dialog = confirm(call.dialog, response);
    acknowledge(this.#desk, call, cseqOf(response));
    sayBye(this.#desk, call, REASON.clientLost);
    return false;
  }

  #acknowledgeAgain(call: Call, cseq: number): void {
    if (call.acked?.cseq === cseq) this.#desk.sip.send(call.acked.request, call.destination);
  }

  #sendInCall(client: Client, command: SipCommand, draft: SipRequest): void {
    const call = this.#desk.calls.byId(command.dialogId);
    if (!call) return this.#refuse(client, command.id, NO_DIALOG);
    if (draft.method === 'ACK') return this.#sendAck(client, command.id, call, draft);
    if (draft.method === 'BYE') endSoon(call);
    const isInvite = draft.method === 'INVITE';
    const [dialog, request] = nextRequest(call.dialog, draft.method, {
      headers: clientHeaders(draft, this.#desk.sip.contactHost),
      body: draft.body,
      ...(isInvite && header(draft, 'Contact') === undefined ? { contact: call.contact } : {}),
    });
    call.dialog = dialog;
    if (isInvite && draft.body !== '') call.localSdp = draft.body;
    const id = this.#desk.outside.newId();
    const transaction = this.#desk.sip.request(
      request,
      call.destination,
      this.#inCallListener(call, id, request),
    );
    if (isInvite) call.inviteOut = transaction;
    this.#receipt(client, command.id, id, [transaction.request, call.destination]);
  }

  #inCallListener(call: Call, id: string, request: SipRequest): ClientListener {
    const onResponse = (response: SipResponse) => {
      if (!this.#advanceInCall(call, response)) return;
      this.#desk.tell(call, id, response, call.destination);
    };
    return {
      onResponse,
      onFailure: (reason) => onResponse(failureOf(request, reason)),
    };
  }

  /** False for a 100, and for a 2xx that came again, which only needs its ACK again. */
  #advanceInCall(call: Call, response: SipResponse): boolean {
    const { status } = response;
    const method = (header(response, 'CSeq') ?? '').split(' ')[1];
    if (status < 200) return status > 100;
    if (method === 'BYE') this.#desk.calls.remove(call);
    if (method === 'INVITE' && !this.#advanceInvite(call, response)) return false;
    if (!isSuccess(status) || (method !== 'INVITE' && method !== 'UPDATE')) return true;
    call.dialog = receiveResponse(call.dialog, response);
    const expiry = agreedExpiry(response, 'uac');
    if (expiry && call.state !== 'ended') keepSession(this.#desk, call, expiry);
    return true;
  }

  #advanceInvite(call: Call, response: SipResponse): boolean {
    call.inviteOut = undefined;
    if (!isSuccess(response.status)) return true;
    const cseq = cseqOf(response);
    if (call.unacked === cseq) return false;
    if (call.acked?.cseq === cseq) {
      this.#acknowledgeAgain(call, cseq);
      return false;
    }
    // The call ended under the re-INVITE; its client can no longer name it.
    if (call.state === 'ended') acknowledge(this.#desk, call, cseq);
    else call.unacked = cseq;
    return true;
  }

  #sendAck(client: Client, msgId: string, call: Call, draft: SipRequest): void {
    const cseq = call.unacked;
    if (cseq === undefined) {
      const why = 'ACK for non-success responses is automatically generated by the stack';
      return this.#refuse(client, msgId, why);
    }
    const headers = clientHeaders(draft, this.#desk.sip.contactHost);
    const request = ackForAnswer(call.dialog, cseq, { headers, body: draft.body });
    if (draft.body !== '') call.localSdp = draft.body;
    call.unacked = undefined;
    call.acked = { cseq, request };
    this.#desk.sip.send(request, call.destination);
    this.#receipt(client, msgId, this.#desk.outside.newId(), [request, call.destination]);
  }

  #receipt(
    client: Client,
    to: string,
    transactionId: string,
    [request, at]: readonly [SipRequest, Destination],
  ): void {
    const text = formatMessage(request);
    const meta = this.#desk.meta('application', text, at);
    const sent = { meta, transactionId, text };
    client.send(formatRequestSent(this.#desk.outside.newId(), to, sent));
  }

  #failure({ request }: ClientTransaction, reason: 'timeout' | 'transport'): SipResponse {
    return failureOf(request, reason);
  }
}

/** The client hangs up: until the answer comes only repeats and crossings find the call. */
function endSoon(call: Call): void {
  call.inviteOut?.cancel();
  call.stopExpiry();
  call.state = 'ended';
}

/** What the SIP stack below drachtio makes up when no answer comes (sofia's 408 and 503). */
function failureOf(request: SipRequest, reason: 'timeout' | 'transport'): SipResponse {
  return createResponse(request, reason === 'timeout' ? 408 : 503);
}

function isRepeated(sent: Sent, response: SipResponse): boolean {
  const rseq = Number.parseInt(header(response, 'RSeq') ?? '', 10);
  if (response.status >= 200 || Number.isNaN(rseq)) return false;
  if (rseq <= sent.rseq) return true;
  sent.rseq = rseq;
  return false;
}
