import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { LogLevel } from '../../../protocol/log.ts';
import type { SipMessage, SipRequest, SipResponse } from '../../../protocol/sip/message.ts';
import { parseMessage } from '../../../protocol/sip/parse.ts';
import type {
  Destination,
  EndpointListener,
  Flow,
  ListenOptions,
  ServerTransaction,
  SipEndpoint,
  ClientTransaction,
} from '../../../switch/sip/endpoint.ts';
import { listenSip } from '../../../switch/sip/listen.ts';
import { SipStreamDecoder } from '../../../protocol/sip/stream-decoder.ts';
import { Mailbox } from './mailbox.ts';

/** RFC 3261's times, twenty times faster: 64*T1 is 1.6 s. */
export const FAST = { t1: 25, t2: 200, t4: 250 };

export type Heard =
  | { readonly kind: 'request'; readonly transaction: ServerTransaction }
  | { readonly kind: 'ack'; readonly request: SipRequest; readonly flow: Flow }
  | { readonly kind: 'cancel'; readonly invite: ServerTransaction }
  | { readonly kind: 'timeout'; readonly transaction: ServerTransaction }
  | { readonly kind: 'closed'; readonly flow: Flow };

/** A request as told, its answer apart. */
export interface Told extends Pick<ServerTransaction, 'request' | 'flow'> {
  readonly respond: (response: SipResponse) => void;
}

export interface World {
  readonly endpoint: SipEndpoint;
  readonly heard: Mailbox<Heard>;
  readonly log: { readonly level: LogLevel; readonly message: string; readonly fields: unknown }[];
  request(): Promise<Told>;
  call(
    request: SipRequest,
    to: Destination,
  ): { transaction: ClientTransaction; news: Mailbox<string> };
}

const open: (() => Promise<void> | void)[] = [];

/** Ends what a test opened; for afterEach. */
export async function hangUpAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

export async function startEndpoint(options: Partial<ListenOptions> = {}): Promise<World> {
  const heard = new Mailbox<Heard>();
  const log: World['log'] = [];
  const listener: EndpointListener = {
    onRequest: (transaction) => heard.put({ kind: 'request', transaction }),
    onAck: (request, flow) => heard.put({ kind: 'ack', request, flow }),
    onCancel: (invite) => heard.put({ kind: 'cancel', invite }),
    onTransactionTimeout: (transaction) => heard.put({ kind: 'timeout', transaction }),
    onFlowClosed: (flow) => heard.put({ kind: 'closed', flow }),
  };
  const endpoint = await listenSip(
    {
      host: '127.0.0.1',
      port: 0,
      timing: FAST,
      log: (level, message, fields) => log.push({ level, message, fields }),
      ...options,
    },
    listener,
  );
  open.push(() => endpoint.stop());
  return {
    endpoint,
    heard,
    log,
    async request() {
      const item = await heard.nextWhere((each) => each.kind === 'request');
      if (item.kind !== 'request') throw new Error('unreachable');
      return { ...item.transaction };
    },
    call(request, to) {
      const news = new Mailbox<string>();
      const transaction = endpoint.request(request, to, {
        onResponse: (response) => news.put(String(response.status)),
        onFailure: (reason) => news.put(reason),
      });
      return { transaction, news };
    },
  };
}

/** A phone's bare UDP socket. */
export interface UdpPhone {
  readonly port: number;
  readonly got: Mailbox<SipMessage>;
  send(data: string | Uint8Array, to: { readonly port: number }): void;
}

export async function udpPhone(): Promise<UdpPhone> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  open.push(() => void socket.close());
  const got = new Mailbox<SipMessage>();
  socket.on('message', (bytes) => got.put(parseMessage(bytes)));
  return {
    port: socket.address().port,
    got,
    send: (data, to) => socket.send(data, to.port, '127.0.0.1'),
  };
}

/** A phone's bare TCP connection. */
export interface TcpPhone {
  readonly port: number;
  readonly got: Mailbox<SipMessage>;
  readonly pongs: Mailbox<true>;
  readonly closed: Promise<unknown>;
  send(text: string): void;
  hangUp(): void;
}

export async function tcpPhone(port: number): Promise<TcpPhone> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const closed = new Promise((done) => socket.once('close', done));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  open.push(() => void socket.destroy());
  const got = new Mailbox<SipMessage>();
  const pongs = new Mailbox<true>();
  const decoder = new SipStreamDecoder();
  socket.on('data', (chunk) => {
    if (chunk.toString() === '\r\n') return pongs.put(true);
    for (const item of decoder.push(chunk)) if (item.kind === 'message') got.put(item.message);
  });
  return {
    port: socket.localPort ?? 0,
    got,
    pongs,
    closed,
    send: (text) => void socket.write(text),
    hangUp: () => socket.destroy(),
  };
}

export interface RequestParts {
  readonly method: string;
  readonly via: string;
  readonly branch?: string;
  readonly cseq?: string;
  readonly callId?: string;
  readonly toTag?: string;
  readonly uri?: string;
  readonly more?: readonly string[];
  readonly body?: string;
}

/** A request as a phone writes it; `via` is `UDP 127.0.0.1:5060` and its parameters but branch. */
export function requestText(parts: RequestParts): string {
  const { method, via, branch = 'b1', callId = 'call-1', toTag, body = '' } = parts;
  const { cseq = `1 ${method}`, uri = 'sip:7000@127.0.0.1', more = [] } = parts;
  return [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/${via};branch=z9hG4bK${branch}`,
    'Max-Forwards: 70',
    'From: "Desk" <sip:desk@127.0.0.1>;tag=f1',
    `To: <sip:7000@127.0.0.1>${toTag === undefined ? '' : `;tag=${toTag}`}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq}`,
    ...more,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}
