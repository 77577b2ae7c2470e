import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { RawData } from 'ws';
import { isSameOrigin } from './origin.ts';
import type { ApiParts } from './parts.ts';
import { refusal } from './problems.ts';

/** RFC 7118 section 4: the subprotocol of SIP over WebSocket. */
const PROTOCOL = 'sip';
/** As large as a SIP message may be (RFC 3261 section 18.1.1: a UDP datagram). */
const LARGEST_BYTES = 65_535;
const MOST_UNSENT_BYTES = 1024 * 1024;
const PATIENCE_MS = 5_000;
const PING_MS = 15_000;
const MOST_SOCKETS = 5_000;

/**
 * `/sip`: a browser's SIP, message by message, to the SIP server's own WebSocket, so that a browser
 * needs one origin and one certificate. The SIP server asks for credentials; here only our own pages
 * get through. What closes on one side is closed on the other at once.
 */
export class SipProxy {
  readonly #parts: ApiParts;
  readonly #target: string | undefined;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => PROTOCOL,
  });

  constructor(parts: ApiParts, target: string | undefined) {
    this.#parts = parts;
    this.#target = target;
  }

  /** The browser's handshake is answered once the SIP server has answered ours. */
  async enter(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (!isSameOrigin(request.headers, this.#parts.publicUrl()))
      throw refusal('foreign-origin', 'Connect from our own page.');
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(/ *, */);
    if (!offered.includes(PROTOCOL))
      throw refusal('bad-input', 'Offer the subprotocol "sip" (RFC 7118).');
    if (this.#target === undefined || this.#server.clients.size >= MOST_SOCKETS)
      throw refusal('unavailable', 'Phones cannot connect now. Try again in a moment.');
    const server = await this.#dial(this.#target, socket);
    let shaken = false;
    this.#server.handleUpgrade(request, socket, head, (browser) => {
      shaken = true;
      this.#join(browser, server);
    });
    // ws has answered a handshake that lacks something itself, and tells nobody.
    if (!shaken) server.terminate();
  }

  stop(): void {
    for (const browser of this.#server.clients) browser.close(1001, 'The server is stopping');
    this.#server.close();
  }

  #dial(target: string, waiting: Duplex): Promise<WebSocket> {
    const server = new WebSocket(target, PROTOCOL, {
      maxPayload: LARGEST_BYTES,
      perMessageDeflate: false,
      handshakeTimeout: PATIENCE_MS,
    });
    const stopWatching = whenGone(waiting, () => server.terminate());
    server.once('upgrade', ({ socket }) => this.#tellWhenClosed(server, socket));
    return new Promise((resolve, reject) => {
      server.once('open', () => {
        stopWatching();
        resolve(server);
      });
      server.on('error', (error) => {
        this.#parts.log('warn', 'SIP WebSocket server failed', { error: error.message });
        reject(refusal('bad-gateway', 'The SIP server does not answer. Try again in a moment.'));
      });
    });
  }

  /** drachtio-server does not tell its applications of a lost WebSocket; we are next to it. */
  #tellWhenClosed(server: WebSocket, { localAddress, localPort }: Socket): void {
    if (localAddress === undefined || localPort === undefined) return;
    const line = { address: localAddress, port: localPort };
    server.once('close', () => this.#parts.onSipLineClosed?.(line));
  }

  #join(browser: WebSocket, server: WebSocket): void {
    if (server.readyState !== WebSocket.OPEN) {
      browser.close(1013, 'Try again in a moment');
      return;
    }
    browser.on('error', (error) =>
      this.#parts.log('debug', 'browser failed', { error: error.message }),
    );
    const stopPinging = keepAlive(browser);
    browser.on('message', (data, isBinary) => pass(data, isBinary, server));
    server.on('message', (data, isBinary) => pass(data, isBinary, browser));
    browser.once('close', () => {
      stopPinging();
      server.terminate();
    });
    server.once('close', () => browser.close(1013, 'The SIP server closed the connection'));
  }
}

/**
 * Tells when a browser goes away before its handshake is answered. Only a socket that is read says
 * so; what it sends is too early and ends it. Returns how to stop; the socket goes on being read, so
 * the next reader must follow before the event loop turns.
 */
function whenGone(waiting: Duplex, tell: () => void): () => void {
  const gone = () => {
    waiting.destroy();
    tell();
  };
  const signs = ['data', 'end', 'close'] as const;
  for (const sign of signs) waiting.once(sign, gone);
  return () => {
    for (const sign of signs) waiting.off(sign, gone);
  };
}

/** A side that does not read is let go, and with it the other. */
function pass(data: RawData, isBinary: boolean, to: WebSocket): void {
  if (to.readyState !== WebSocket.OPEN) return;
  to.send(data, { binary: isBinary });
  if (to.bufferedAmount > MOST_UNSENT_BYTES) to.terminate();
}

/** A browser that lost its network says nothing: it is asked. */
function keepAlive(browser: WebSocket): () => void {
  let answered = true;
  browser.on('pong', () => (answered = true));
  const timer = setInterval(() => {
    if (!answered) return browser.terminate();
    answered = false;
    browser.ping();
  }, PING_MS);
  return () => clearInterval(timer);
}
