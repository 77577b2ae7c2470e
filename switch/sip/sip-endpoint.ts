import { randomBytes } from 'node:crypto';
import type { SipProtocolError } from '../../protocol/sip/errors.ts';
import { formatMessage } from '../../protocol/sip/format.ts';
import type { Abilities } from '../../protocol/sip/inspect.ts';
import { inspectRequest } from '../../protocol/sip/inspect.ts';
import type { SipMessage, SipRequest, SipResponse } from '../../protocol/sip/message.ts';
import { refusalOf } from '../../protocol/sip/refusal.ts';
import { replaceTopVia } from '../../protocol/sip/request.ts';
import { createResponse } from '../../protocol/sip/response.ts';
import type { Timing } from '../../protocol/sip/timers.ts';
import { topVia } from '../../protocol/sip/transaction-key.ts';
import { hostText } from '../../protocol/sip/uri.ts';
import type { Via } from '../../protocol/sip/via.ts';
import { formatVia, markSource } from '../../protocol/sip/via.ts';
import { ClientTransactions } from './client-transactions.ts';
import type {
  ClientListener,
  ClientTransaction,
  Destination,
  EndpointListener,
  Flow,
  SipEndpoint,
  Transport,
} from './endpoint.ts';
import type { Arrival } from './server-transactions.ts';
import { ServerTransactions } from './server-transactions.ts';
import type { Wire, WireListener } from './wire.ts';

export interface Wires {
  readonly udp: Wire;
  readonly tcp: Wire;
  readonly ws: Wire | undefined;
}

export interface EndpointSettings {
  readonly publicHost: string;
  readonly timing: Timing;
  readonly transactions: number;
  readonly abilities: Abilities;
  readonly onMalformed: (error: SipProtocolError, flow: Flow) => void;
  readonly onRefused: (reason: string, address: string) => void;
  readonly onFault: (error: unknown) => void;
}

/** Joins the transports below to the transactions above. */
export class Endpoint implements SipEndpoint, WireListener {
  readonly #settings: EndpointSettings;
  readonly #listener: EndpointListener;
  readonly #clients: ClientTransactions;
  readonly #servers: ServerTransactions;
  #wires: Wires | undefined;

  constructor(settings: EndpointSettings, listener: EndpointListener) {
    this.#settings = settings;
    this.#listener = listener;
    const { timing } = settings;
    this.#clients = new ClientTransactions({
      timing,
      sentBy: (transport) => this.#sentBy(transport),
      send: (request, to, onError) =>
        this.#wire(to.transport)?.send(formatMessage(request), to, onError),
    });
    this.#servers = new ServerTransactions(
      {
        timing,
        limit: settings.transactions,
        send: (response, arrival, onError) => this.#answer(response, arrival, onError),
        newTag,
      },
      { ...bound(listener), onRequest: (transaction) => this.#onRequest(transaction) },
    );
  }

  /** Gives the endpoint its sockets, which were opened with it as their listener. */
  attach(wires: Wires): void {
    this.#wires = wires;
  }

  get port(): number {
    return this.#wires?.udp.port ?? 0;
  }

  get wsPort(): number | undefined {
    return this.#wires?.ws?.port;
  }

  get contactHost(): string {
    return `${hostText(this.#settings.publicHost)}:${this.port}`;
  }

  request(request: SipRequest, to: Destination, listener: ClientListener): ClientTransaction {
    return this.#clients.begin(request, to, listener);
  }

  send(request: SipRequest, to: Destination): void {
    const sent = this.#clients.addressed(request, to.transport);
    this.#wire(to.transport)?.send(formatMessage(sent), to, () => undefined);
  }

  dump(): { clients: number; servers: number; connections: number } {
    const { tcp, ws } = this.#wires ?? {};
    return {
      clients: this.#clients.size,
      servers: this.#servers.size,
      connections: (tcp?.connections ?? 0) + (ws?.connections ?? 0),
    };
  }

  async stop(): Promise<void> {
    const wires = this.#wires;
    this.#wires = undefined;
    this.#clients.stop();
    this.#servers.stop();
    await Promise.all([wires?.udp.close(), wires?.tcp.close(), wires?.ws?.close()]);
  }

  /** A fault of ours must cost one message, and not every call of this process. */
  onMessage(message: SipMessage, flow: Flow): void {
    if (!this.#wires) return;
    try {
      if (message.kind === 'response') this.#clients.receive(message);
      else this.#servers.receive(arrivalOf(message, flow));
    } catch (error) {
      this.#settings.onFault(error);
    }
  }

  onMalformed(error: SipProtocolError, flow: Flow): void {
    if (!this.#wires) return;
    this.#settings.onMalformed(error, flow);
    const response = refusalOf(error, newTag());
    if (!response) return;
    const via = topVia(response);
    const marked = { ...response, headers: response.headers.with(0, viaHeader(via, flow)) };
    // Only along its own connection: nonsense must not make us call on anybody.
    const back = flow.connection === undefined ? returnPath(via, flow) : { ...flow, port: 0 };
    this.#wire(flow.transport)?.send(formatMessage(marked), back, () => undefined);
  }

  onClosed(flow: Flow): void {
    if (!this.#wires) return;
    if (flow.connection !== undefined) this.#clients.connectionClosed(flow.connection);
    this.#listener.onFlowClosed(flow);
  }

  onRefused(reason: string, address: string): void {
    this.#settings.onRefused(reason, address);
  }

  #onRequest(transaction: Parameters<EndpointListener['onRequest']>[0]): void {
    const refusal = inspectRequest(transaction.request, this.#settings.abilities);
    if (!refusal) {
      this.#listener.onRequest(transaction);
      return;
    }
    const { status, headers } = refusal;
    transaction.respond(createResponse(transaction.request, status, { toTag: newTag(), headers }));
  }

  #answer(response: SipResponse, { via, flow }: Arrival, onError: () => void): void {
    this.#wire(flow.transport)?.send(formatMessage(response), returnPath(via, flow), onError);
  }

  #wire(transport: Transport): Wire | undefined {
    return this.#wires?.[transport];
  }

  #sentBy(transport: Transport): string {
    const port = transport === 'ws' ? (this.wsPort ?? this.port) : this.port;
    return `${hostText(this.#settings.publicHost)}:${port}`;
  }
}

/** The source address always (RFC 3581); its port where `rport` asks, else that of sent-by. */
function returnPath(via: Via, flow: Flow): Destination {
  const { transport, address, connection } = flow;
  const asked = transport === 'udp' && via.parameters.has('rport');
  const port = asked ? flow.port : (via.port ?? 5060);
  return connection === undefined
    ? { transport, address, port }
    : { transport, address, port, connection };
}

function arrivalOf(request: SipRequest, flow: Flow): Arrival {
  const via = topVia(request);
  return { request: replaceTopVia(request, viaHeader(via, flow).value), via, flow };
}

function viaHeader(via: Via, flow: Flow): { readonly name: string; readonly value: string } {
  return { name: 'Via', value: formatVia(markSource(via, flow.address, flow.port)) };
}

function newTag(): string {
  return randomBytes(8).toString('hex');
}

/** The listener's methods as they are, kept on their own object. */
function bound(listener: EndpointListener): EndpointListener {
  return {
    onRequest: (transaction) => listener.onRequest(transaction),
    onAck: (request, flow) => listener.onAck(request, flow),
    onCancel: (invite, cancel) => listener.onCancel(invite, cancel),
    onTransactionTimeout: (transaction) => listener.onTransactionTimeout(transaction),
    onFlowClosed: (flow) => listener.onFlowClosed(flow),
  };
}
