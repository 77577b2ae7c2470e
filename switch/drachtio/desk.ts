import type { SipEvent, WireMeta } from '../../protocol/drachtio/message.ts';
import { formatNewRequest, formatSipEvent } from '../../protocol/drachtio/message.ts';
import { formatMessage } from '../../protocol/sip/format.ts';
import type { SipMessage } from '../../protocol/sip/message.ts';
import type { Destination, Flow, SipEndpoint } from '../sip/endpoint.ts';
import type { Call, Client } from './call.ts';
import { Calls } from './call.ts';
import { Routes } from './routes.ts';

/** Time and chance, handed in. */
export interface Outside {
  /** A UUID. */
  newId(this: void): string;
  /** A dialog tag. */
  newTag(this: void): string;
  /** Wall clock in milliseconds. */
  now(this: void): number;
  /** Runs once after `ms`; gives how to stop it. */
  after(this: void, ms: number, run: () => void): () => void;
  /** The IP address of a host name. */
  resolve(this: void, host: string): Promise<string>;
}

/** What every part of the stand-in works with: the SIP endpoint, the clients' routes, the calls. */
export class Desk {
  readonly sip: SipEndpoint;
  readonly outside: Outside;
  readonly routes = new Routes<Client>();
  readonly calls = new Calls();

  readonly #onLoopback: boolean;

  /** `host` is where the endpoint listens. */
  constructor(sip: SipEndpoint, host: string, outside: Outside) {
    this.sip = sip;
    this.#onLoopback = host === '0.0.0.0' || host.startsWith('127.');
    this.outside = outside;
  }

  /**
   * Our Contact towards a peer. One on this machine, a switch next door, gets the loopback: the
   * public address may be a router's, which not every router lets be reached from inside.
   */
  contact({ transport, address }: Destination): string {
    const parameter = transport === 'udp' ? '' : `;transport=${transport}`;
    const isNextDoor = this.#onLoopback && transport !== 'ws' && address.startsWith('127.');
    const host = isNextDoor ? `127.0.0.1:${this.sip.port}` : this.sip.contactHost;
    return `<sip:${host}${parameter}>`;
  }

  meta(source: WireMeta['source'], text: string, at: Destination): WireMeta {
    return {
      source,
      bytes: Buffer.byteLength(text),
      // drachtio tells a WebSocket as the TCP below it.
      protocol: at.transport === 'udp' ? 'udp' : 'tcp',
      address: at.address,
      port: at.port,
      time: wireTime(this.outside.now()),
    };
  }

  /** Tells a client of a request that belongs to no dialog yet. */
  tellNew(client: Client, transactionId: string, message: SipMessage, flow: Flow): void {
    const event = this.#event('network', message, flow, transactionId);
    const receivedOn = { address: flow.localAddress, port: flow.localPort };
    client.send(formatNewRequest(this.outside.newId(), event, receivedOn));
  }

  /** Tells a call's client of a message of the peer's. */
  tell(call: Call, transactionId: string, message: SipMessage, from: Destination): void {
    this.tellIn(call.client, call.id, this.#event('network', message, from, transactionId));
  }

  /** Tells a client of a response to a request of its own outside any dialog we keep. */
  tellAnswer(
    client: Client,
    ids: { readonly transactionId: string; readonly dialogId: string },
    message: SipMessage,
    from: Destination,
  ): void {
    const event = this.#event('network', message, from, ids.transactionId);
    this.tellIn(client, ids.dialogId, event);
  }

  /** Tells a call's client of a request that the stand-in itself sent: drachtio's `unsolicited`. */
  tellUnsolicited(call: Call, request: SipMessage): void {
    const event = this.#event('application', request, call.destination, 'unsolicited');
    this.tellIn(call.client, call.id, event);
  }

  tellIn(client: Client, dialogId: string, event: SipEvent): void {
    client.send(formatSipEvent(this.outside.newId(), { ...event, dialogId }));
  }

  #event(
    source: WireMeta['source'],
    message: SipMessage,
    at: Destination,
    transactionId: string,
  ): SipEvent {
    const text = formatMessage(message);
    const meta = this.meta(source, text, at);
    // drachtio does not say how an ACK came.
    const isAck = message.kind === 'request' && message.method === 'ACK';
    return { meta: isAck ? { ...meta, protocol: '' } : meta, transactionId, text };
  }
}

function wireTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 23)}000`;
}
