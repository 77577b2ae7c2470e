import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { SipProtocolError } from '../../protocol/sip/errors.ts';
import { LIMITS } from '../../protocol/sip/limits.ts';
import { parseMessage } from '../../protocol/sip/parse.ts';
import { hostText } from '../../protocol/sip/uri.ts';
import type { Admission } from './admission.ts';
import type { Destination, Flow } from './endpoint.ts';
import type { NextConnection, Wire, WireListener } from './wire.ts';
import { listenError, MAX_QUEUED_BYTES } from './wire.ts';

export interface WebSocketOptions {
  readonly host: string;
  readonly port: number;
  readonly admission: Admission;
  readonly nextConnection: NextConnection;
  readonly allowsOrigin: (origin: string | undefined) => boolean;
}

const HANDSHAKE_MS = 10_000;
/** A browser that vanished without a close is noticed within two of these. */
const PING_EVERY_MS = 30_000;
const PROTOCOL_ERROR = 1002;

/** Opens SIP over WebSocket (RFC 7118): subprotocol `sip`, one message a frame, text or binary. */
export async function openWebSocket(
  options: WebSocketOptions,
  listener: WireListener,
): Promise<Wire> {
  const http = createServer(
    { connectionsCheckingInterval: HANDSHAKE_MS / 2 },
    (_request, response) => response.writeHead(426).end(),
  );
  http.headersTimeout = HANDSHAKE_MS;
  http.listen(options.port, options.host);
  try {
    await once(http, 'listening');
  } catch (error) {
    const where = `${hostText(options.host)}:${options.port}/ws`;
    throw listenError(error as NodeJS.ErrnoException, where);
  }
  return new WebSocketWire(http, options, listener);
}

class WebSocketWire implements Wire {
  readonly #http: Server;
  readonly #sockets: WebSocketServer;
  readonly #options: WebSocketOptions;
  readonly #listener: WireListener;
  readonly #byNumber = new Map<number, WebSocket>();
  readonly #byPeer = new Map<string, number>();

  constructor(http: Server, options: WebSocketOptions, listener: WireListener) {
    this.#http = http;
    this.#options = options;
    this.#listener = listener;
    this.#sockets = new WebSocketServer({
      server: http,
      maxPayload: LIMITS.messageBytes,
      perMessageDeflate: false,
      clientTracking: false,
      handleProtocols: () => 'sip',
      verifyClient: ({ origin, req }: { origin: string | undefined; req: IncomingMessage }) =>
        speaksSip(req) && options.allowsOrigin(origin),
    });
    this.#sockets.on('connection', (socket, request) => this.#accept(socket, request));
    this.#sockets.on('error', (error) => listener.onRefused(`WebSocket: ${error.message}`, ''));
  }

  get port(): number {
    const address = this.#http.address();
    return typeof address === 'object' && address ? address.port : this.#options.port;
  }

  get connections(): number {
    return this.#byNumber.size;
  }

  /** Browsers cannot be called on: only a connection that lives will do, named or by where it comes from. */
  send(text: string, to: Destination, onError: () => void): number | undefined {
    const connection = to.connection ?? this.#byPeer.get(peerKey(to.address, to.port));
    const socket = connection === undefined ? undefined : this.#byNumber.get(connection);
    if (!socket) {
      setImmediate(onError);
      return undefined;
    }
    if (socket.bufferedAmount > MAX_QUEUED_BYTES) socket.terminate();
    socket.send(text, (error) => {
      if (error) onError();
    });
    return connection;
  }

  async close(): Promise<void> {
    const closed = once(this.#http, 'close');
    for (const each of this.#byNumber.values()) each.terminate();
    this.#http.close();
    this.#http.closeAllConnections();
    await closed;
  }

  #accept(
    socket: WebSocket,
    { socket: { remoteAddress, remotePort, localAddress, localPort } }: IncomingMessage,
  ): void {
    const address = remoteAddress ?? '';
    if (!this.#options.admission.enter(address)) {
      this.#listener.onRefused('too many connections', address);
      socket.terminate();
      return;
    }
    const number = this.#options.nextConnection();
    const flow: Flow = {
      transport: 'ws',
      address,
      port: remotePort ?? 0,
      localAddress: localAddress ?? '',
      localPort: localPort ?? 0,
      connection: number,
    };
    const peer = peerKey(address, flow.port);
    this.#byNumber.set(number, socket);
    this.#byPeer.set(peer, number);
    const stopPinging = keepAlive(socket);
    socket.on('message', (data) => receive(data as Buffer, flow, socket, this.#listener));
    // ws closes by itself, with 1002, 1007 or 1009, on a bad, no-UTF-8 or oversized frame.
    socket.on('error', (error) => this.#listener.onRefused(`WebSocket: ${error.message}`, address));
    socket.once('close', () => {
      stopPinging();
      this.#byNumber.delete(number);
      if (this.#byPeer.get(peer) === number) this.#byPeer.delete(peer);
      this.#options.admission.leave(address);
      this.#listener.onClosed(flow);
    });
  }
}

function peerKey(address: string, port: number): string {
  return `${address} ${port}`;
}

function speaksSip(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((each) => each.trim() === 'sip');
}

function receive(frame: Buffer, flow: Flow, socket: WebSocket, listener: WireListener): void {
  if (frame.length <= 4 && /^(\r\n)*$/.test(frame.toString('latin1'))) {
    if (frame.length === 4) socket.send('\r\n');
    return;
  }
  let message;
  try {
    message = parseMessage(frame, { trailing: 'refuse' });
  } catch (error) {
    if (!(error instanceof SipProtocolError)) throw error;
    const fatal = error.request === undefined;
    listener.onMalformed(error, flow, fatal);
    if (fatal) socket.close(PROTOCOL_ERROR, error.message);
    return;
  }
  listener.onMessage(message, flow);
}

/** Pings; a peer that has not answered the last one when the next is due is gone. */
function keepAlive(socket: WebSocket): () => void {
  let answered = true;
  socket.on('pong', () => (answered = true));
  const timer = setInterval(() => {
    if (!answered) socket.terminate();
    answered = false;
    socket.ping();
  }, PING_EVERY_MS);
  return () => clearInterval(timer);
}
