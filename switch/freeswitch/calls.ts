import { randomUUID } from 'node:crypto';
import type { Log } from '../../protocol/log.ts';
import { SipProtocolError } from '../../protocol/sip/errors.ts';
import { checkDialogRequest, dialogId } from '../../protocol/sip/dialog.ts';
import type { SipRequest } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { createResponse } from '../../protocol/sip/response.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type {
  Destination,
  EndpointListener,
  Flow,
  ServerTransaction,
  SipEndpoint,
} from '../sip/endpoint.ts';
import { listenSip } from '../sip/listen.ts';
import { callOut, giveUp } from './call-out.ts';
import { toIncomingCall } from './core/incoming-call.ts';
import type { SipOrder } from './core/effect.ts';
import type { Input } from './core/input.ts';
import { acknowledge, answerInvite, progress, refuse, ring, sayBye } from './call-in.ts';
import { destinationWithin } from './destination.ts';
import { answerUpdate, receiveInDialog } from './in-dialog.ts';
import type { Leg } from './leg.ts';
import { isWithinDialog } from './leg.ts';
import { ALLOW, EXTENSIONS, METHODS, SUPPORTED, USER_AGENT, newTag } from './sip-headers.ts';

export interface CallsOptions {
  readonly host: string;
  readonly port: number;
  readonly profile: string;
  readonly log: Log;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_CALLS = 1_000;
const FAREWELL_MS = 300;

/** The SIP side of the switch: dialogs on one hand, the core's inputs and orders on the other. */
export class Calls implements EndpointListener {
  readonly #options: CallsOptions;
  readonly #legs = new Map<string, Leg>();
  readonly #byDialog = new Map<string, Leg>();
  #endpoint: SipEndpoint | undefined;
  #receive: (input: Input) => void = () => undefined;
  #farewells = 0;
  #onQuiet: () => void = () => undefined;

  private constructor(options: CallsOptions) {
    this.#options = options;
  }

  static async listen(options: CallsOptions): Promise<Calls> {
    const calls = new Calls(options);
    const { host, port, log } = options;
    const abilities = { methods: METHODS, extensions: EXTENSIONS };
    calls.#endpoint = await listenSip({ host, port, log, abilities }, calls);
    return calls;
  }

  /** From now on calls are taken, and told. */
  serve(receive: (input: Input) => void): void {
    this.#receive = receive;
  }

  get address(): string {
    return this.endpoint.contactHost;
  }

  get size(): number {
    return this.#legs.size;
  }

  get endpoint(): SipEndpoint {
    if (this.#endpoint === undefined) throw new Error('calls before the endpoint');
    return this.#endpoint;
  }

  /** Gives the farewells under way a moment to be heard, then closes. */
  async stop(): Promise<void> {
    for (const leg of [...this.#legs.values()]) {
      clearTimeout(leg.expiry);
      acknowledge(this, leg);
    }
    if (this.#farewells > 0) await this.#quiet();
    await this.endpoint.stop();
  }

  /** Says a last request on a dialog that is over for us already. */
  sayFarewell(request: SipRequest, destination: Destination): void {
    this.#farewells += 1;
    const over = (): void => {
      this.#farewells -= 1;
      if (this.#farewells === 0) this.#onQuiet();
    };
    this.endpoint.request(request, destination, {
      onResponse: ({ status }) => {
        if (status >= 200) over();
      },
      onFailure: over,
    });
  }

  #quiet(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, FAREWELL_MS);
      this.#onQuiet = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  tell(input: Input): void {
    this.#receive(input);
  }

  add(leg: Leg): void {
    this.#legs.set(leg.uuid, leg);
    if (leg.dialog !== undefined) this.#byDialog.set(keyOf(leg), leg);
  }

  /** The leg has its dialog now. */
  index(leg: Leg): void {
    this.#byDialog.set(keyOf(leg), leg);
  }

  remove(leg: Leg): void {
    clearTimeout(leg.expiry);
    this.#legs.delete(leg.uuid);
    if (leg.dialog !== undefined) this.#byDialog.delete(keyOf(leg));
  }

  /** Carries out what the core wants said. A leg whose dialog has ended meanwhile is passed over. */
  run(order: SipOrder): void {
    if (order.kind === 'invite') {
      callOut(this, order);
      return;
    }
    const leg = this.#legs.get(order.leg);
    if (leg === undefined) return;
    switch (order.kind) {
      case 'ringing':
        ring(leg);
        break;
      case 'progress':
        progress(leg, order.sdp);
        break;
      case 'answer':
        answerInvite(this, leg, order.sdp);
        break;
      case 'refuse':
        refuse(this, leg, order.status, order.headers);
        break;
      case 'bye':
        sayBye(this, leg, order.headers);
        break;
      case 'cancel':
        giveUp(leg, order.headers);
        break;
      case 'accept-update':
        answerUpdate(this, leg, order.sdp);
        break;
      case 'refuse-update':
        leg.update?.respond(createResponse(leg.update.request, order.status));
        leg.update = undefined;
        break;
      default:
        unreachable(order);
    }
  }

  onRequest(transaction: ServerTransaction): void {
    const { request } = transaction;
    const leg = this.#byDialog.get(dialogId(request, 'received'));
    if (leg !== undefined) receiveInDialog(this, leg, transaction);
    else if (isWithinDialog(request)) transaction.respond(createResponse(request, 481));
    else if (request.method === 'INVITE') this.#onInvite(transaction);
    else if (request.method === 'OPTIONS') transaction.respond(optionsAnswer(request));
    else transaction.respond(createResponse(request, 481, { toTag: newTag() }));
  }

  onAck(request: SipRequest): void {
    const leg = this.#byDialog.get(dialogId(request, 'received'));
    if (leg !== undefined) acknowledge(this, leg);
  }

  onCancel(invite: ServerTransaction): void {
    const leg = this.#legOf(invite);
    if (leg?.life.kind !== 'invited') return;
    invite.respond(createResponse(invite.request, 487, { toTag: leg.life.tag }));
    this.remove(leg);
    this.tell({ kind: 'peer-ended', leg: leg.uuid, end: { kind: 'cancel' } });
  }

  onTransactionTimeout(transaction: ServerTransaction): void {
    const leg = this.#legOf(transaction);
    if (leg?.life.kind !== 'unacknowledged') return;
    acknowledge(this, leg);
    this.tell({ kind: 'peer-ended', leg: leg.uuid, end: { kind: 'unreachable' } });
  }

  /** A call outlives its connection: RTP or the session timer tells when the peer is gone. */
  onFlowClosed(): void {
    return;
  }

  #onInvite(transaction: ServerTransaction): void {
    const { request, flow } = transaction;
    if (this.#legs.size >= MAX_CALLS) {
      const headers = [{ name: 'Retry-After', value: '5' }];
      transaction.respond(createResponse(request, 503, { toTag: newTag(), headers }));
      return;
    }
    transaction.respond(createResponse(request, 100));
    const uuid = this.#uuidOf(request);
    try {
      checkDialogRequest(request);
      const call = toIncomingCall(request, this.#arrival(uuid, flow));
      const target = header(request, 'Record-Route') ?? header(request, 'Contact') ?? '';
      this.add({
        uuid,
        life: { kind: 'invited', transaction, tag: newTag() },
        dialog: undefined,
        destination: destinationWithin(/<([^>]*)>/.exec(target)?.[1] ?? target, flow),
        contact: this.contact(flow.transport),
        sdp: '',
        update: undefined,
        expiry: undefined,
      });
      this.tell({ kind: 'invited', call });
    } catch (error) {
      if (!(error instanceof SipProtocolError)) throw error;
      transaction.respond(createResponse(request, error.status, { toTag: newTag() }));
    }
  }

  /**
   * The Call-ID, as with `inbound-use-callid-as-uuid`. FreeSWITCH takes any, and refuses the name of a leg that
   * is here; to us such a call is one without a name.
   */
  #uuidOf(invite: SipRequest): string {
    const callId = header(invite, 'Call-ID') ?? '';
    return UUID.test(callId) && !this.#legs.has(callId) ? callId : randomUUID();
  }

  /** Our Contact on a transport. */
  contact(transport: Flow['transport']): string {
    const suffix = transport === 'udp' ? '' : `;transport=${transport}`;
    return `<sip:mod_sofia@${this.address}${suffix}>`;
  }

  #arrival(leg: string, flow: Flow) {
    return {
      leg,
      transport: flow.transport,
      address: flow.address,
      port: flow.port,
      localAddress: flow.localAddress,
      profile: this.#options.profile,
      sipAddress: this.address,
      nowUs: Math.round((performance.timeOrigin + performance.now()) * 1000),
    };
  }

  #legOf(transaction: ServerTransaction): Leg | undefined {
    for (const leg of this.#legs.values()) {
      const { life } = leg;
      const inbound = life.kind === 'invited' || life.kind === 'unacknowledged';
      if (inbound && life.transaction.request === transaction.request) return leg;
    }
    return undefined;
  }
}

function keyOf({ dialog }: Leg): string {
  return dialog === undefined ? '' : `${dialog.callId} ${dialog.localTag} ${dialog.remoteTag}`;
}

function optionsAnswer(request: SipRequest) {
  const accept = { name: 'Accept', value: 'application/sdp' };
  return createResponse(request, 200, {
    toTag: newTag(),
    headers: [ALLOW, SUPPORTED, accept, USER_AGENT],
  });
}
