import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Response } from 'express';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { may } from '../../meetings/rules/access.ts';
import { identify, seated } from '../known.ts';
import type { Known } from '../known.ts';
import { isSameOrigin } from '../origin.ts';
import type { ApiParts } from '../parts.ts';
import { refusal } from '../problems.ts';
import { EventStreamLine } from './event-stream-line.ts';
import { Feeds } from './feeds.ts';
import { FeedGuard } from './guard.ts';
import type { Line } from './line.ts';
import { actOf, scopeOf } from './scope.ts';
import type { Scope } from './scope.ts';
import { Turn } from './turn.ts';
import { WebSocketLine } from './web-socket-line.ts';
import { wishIn } from './wish.ts';
import type { Wish } from './wish.ts';

export const PROTOCOL = 'partyline.v1';
const PING_MS = 15_000;
const MOST_READERS = 5_000;

/** Somebody who may read, and what. */
interface Admitted {
  readonly known: Known;
  readonly scope: Scope;
  readonly from: number | undefined;
}

/**
 * Who comes to read a feed, by WebSocket or as a stream of events. Readers by WebSocket are known by
 * the subprotocol `bearer.<token>`, by `Authorization`, or by the console's cookie from our own page.
 */
export class FeedDoor {
  readonly #parts: ApiParts;
  readonly #feeds: Feeds;
  readonly #guard: FeedGuard;
  readonly #server: WebSocketServer;
  readonly #turn = new Turn();

  constructor(parts: ApiParts) {
    this.#parts = parts;
    this.#feeds = new Feeds(parts);
    // After the feeds: who reads of a meeting's end is told of it before the line ends.
    this.#guard = new FeedGuard(parts);
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: 1_024,
      perMessageDeflate: false,
      handleProtocols: (offered) => offered.has(PROTOCOL) && PROTOCOL,
    });
  }

  /** How many read now. */
  get readers(): number {
    return this.#guard.count;
  }

  /** Throws a refusal before the handshake; afterwards the socket is the feed's. */
  async enter(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    this.#checkSpace();
    const known = await this.#identify(request);
    const wish = wishIn(request.url ?? '');
    const admitted = await this.#admitted(await seated(this.#parts, known, wish.meeting), wish);
    this.#server.handleUpgrade(request, socket, head, (ws) => this.#welcome(ws, socket, admitted));
  }

  /** Throws a refusal before the answer begins; afterwards it is the feed's. */
  async stream(response: Response, known: Known, wish: Wish): Promise<void> {
    this.#checkSpace();
    const admitted = await this.#admitted(known, wish);
    const line = new EventStreamLine(response, this.#turn);
    const timer = setInterval(() => {
      line.beat();
      void this.#guard.look(line);
    }, PING_MS);
    line.onceClosed(() => clearInterval(timer));
    this.#join(line, admitted);
  }

  stop(): void {
    this.#feeds.stop();
    this.#guard.stop(1001, 'The server is stopping');
    this.#server.close();
  }

  #checkSpace(): void {
    if (this.readers >= MOST_READERS)
      throw refusal('unavailable', 'Too many feeds are connected. Try again in a moment.');
  }

  async #identify(request: IncomingMessage): Promise<Known> {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(/ *, */);
    const token = offered.find((each) => each.startsWith('bearer.'))?.slice('bearer.'.length);
    const known = await (token === undefined
      ? identify(this.#parts, request.headers)
      : identify(this.#parts, request.headers, token));
    if (known.by === 'cookie' && !isSameOrigin(request.headers, this.#parts.publicUrl()))
      throw refusal('foreign-origin', 'Connect from our own page, or with a bearer token.');
    return known;
  }

  async #admitted(known: Known, { meeting, from }: Wish): Promise<Admitted> {
    const { caller } = known;
    const room = meeting ?? (caller.kind === 'person' ? caller.room : undefined);
    if (caller.kind === 'nobody')
      throw refusal('not-signed-in', `Offer the subprotocols "${PROTOCOL}" and "bearer.<token>".`);
    if (!may(caller, actOf(room))) throw refusal('forbidden', notYours(caller));
    if (room !== undefined && !(await this.#parts.meetings.meetings.get(room)))
      throw refusal('not-found', 'No meeting has that id.', { field: 'meeting' });
    return { known, scope: scopeOf(caller, room), from };
  }

  #welcome(socket: WebSocket, stream: Duplex, admitted: Admitted): void {
    const line = new WebSocketLine(socket, stream, this.#turn);
    this.#probe(socket, line);
    socket.on('error', (error) => this.#parts.log('debug', 'feed socket failed', { error }));
    socket.on('message', () => socket.close(1008, 'This feed only speaks'));
    this.#join(line, admitted);
  }

  #join(line: Line, { known, scope, from }: Admitted): void {
    this.#guard.watch(line, { known, scope });
    this.#feeds.join(line, scope, from).catch((error: unknown) => {
      this.#parts.log('error', 'feed could not begin', { error: String(error) });
      line.close(1011, 'Try again in a moment');
    });
  }

  /** Every 15 seconds: does it still answer, and does what it showed still hold? */
  #probe(socket: WebSocket, line: Line): void {
    let answered = true;
    socket.on('pong', () => (answered = true));
    const timer = setInterval(() => {
      if (!answered) return line.drop();
      answered = false;
      socket.ping();
      void this.#guard.look(line);
    }, PING_MS);
    line.onceClosed(() => clearInterval(timer));
  }
}

function notYours({ kind }: Known['caller']): string {
  return kind === 'user'
    ? 'Your role, or the key, does not open this feed.'
    : 'Your ticket is for another meeting.';
}
