import type { Log } from '../../protocol/log.ts';
import type { Abilities } from '../../protocol/sip/inspect.ts';
import type { SipHeader, SipRequest, SipResponse } from '../../protocol/sip/message.ts';
import type { Timing } from '../../protocol/sip/timers.ts';

export type Transport = 'udp' | 'tcp' | 'ws';

/** Where a message came from or goes to. `connection` names a TCP or WebSocket connection while it lives. */
export interface Flow {
  readonly transport: Transport;
  readonly address: string;
  readonly port: number;
  /** Our own end. */
  readonly localAddress: string;
  readonly localPort: number;
  readonly connection?: number;
}

/** One transaction that a peer began. Retransmissions are absorbed below it. */
export interface ServerTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  /** Sends a response; Via, and the To tag where the response lacks one, are the caller's to give. */
  respond(response: SipResponse): void;
}

/** One transaction that we began. */
export interface ClientTransaction {
  /** The request as sent, with our Via. */
  readonly request: SipRequest;
  /** Sends CANCEL for an INVITE once a provisional response allows it (RFC 3261 section 9.1). */
  cancel(headers?: readonly SipHeader[]): void;
}

export interface ClientListener {
  onResponse(response: SipResponse): void;
  /** No final response came: timer B or F, or the transport failed. */
  onFailure(reason: 'timeout' | 'transport'): void;
}

/** What an endpoint tells its user. */
export interface EndpointListener {
  /** A new request outside ACK and CANCEL. */
  onRequest(transaction: ServerTransaction): void;
  /** The ACK to a 2xx, matched by nobody below (RFC 3261 section 13.3.1.4). */
  onAck(request: SipRequest, flow: Flow): void;
  /** The peer cancelled an INVITE that has no final response; the endpoint has answered the CANCEL with 200. */
  onCancel(invite: ServerTransaction, cancel: SipRequest): void;
  /** A server transaction failed: a 2xx to INVITE never saw its ACK (64*T1), or timer H ran out. */
  onTransactionTimeout(transaction: ServerTransaction): void;
  /** A TCP or WebSocket connection ended. */
  onFlowClosed(flow: Flow): void;
}

export interface Destination {
  readonly transport: Transport;
  readonly address: string;
  readonly port: number;
  /** Use this very connection where it still lives. */
  readonly connection?: number;
}

export interface ListenOptions {
  readonly host: string;
  /** UDP and TCP; 0 takes a free one. */
  readonly port: number;
  /** A loopback port for SIP over WebSocket; 0 takes a free one; absent: no WebSocket. */
  readonly wsPort?: number;
  /** The address put into Via and Contact; `host` when absent. */
  readonly publicHost?: string;
  readonly log: Log;
  /** The base times of transactions; RFC 3261's when absent. */
  readonly timing?: Timing;
  /** Which browser origins may open a WebSocket; all when absent, for a proxy in front that has asked. */
  readonly allowsOrigin?: (origin: string | undefined) => boolean;
  readonly limits?: Partial<EndpointLimits>;
  /** What is refused before `onRequest`: other methods 501, other Require tags 420. Absent: nothing. */
  readonly abilities?: Abilities;
}

/** What peers may take up. Beyond it a request is answered 503 and a connection is closed. */
export interface EndpointLimits {
  /** TCP and WebSocket connections in all. */
  readonly connections: number;
  /** The same from one address; the loopback is exempt, since proxies of ours call from there. */
  readonly connectionsPerAddress: number;
  /** Server transactions alive at once. */
  readonly transactions: number;
  /** How long a connection may take over one message. */
  readonly messageMs: number;
}

/** SIP on UDP, TCP and WebSocket with RFC 3261 transactions. Made by `listenSip` in listen.ts. */
export interface SipEndpoint {
  readonly port: number;
  readonly wsPort: number | undefined;
  /** Our address as peers see it, for Contact: `host:port`. */
  readonly contactHost: string;
  /** Begins a client transaction. Adds the top Via. */
  request(
    request: SipRequest,
    destination: Destination,
    listener: ClientListener,
  ): ClientTransaction;
  /** Sends without a transaction: the ACK to a 2xx. Adds the top Via. */
  send(request: SipRequest, destination: Destination): void;
  /** Live transactions and connections, for tests and leak checks. */
  dump(): { readonly clients: number; readonly servers: number; readonly connections: number };
  stop(): Promise<void>;
}
