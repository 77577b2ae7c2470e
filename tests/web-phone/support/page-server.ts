import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { MeetingView } from '../../../protocol/http/views.ts';
import { apply } from '../../../protocol/room/apply.ts';
import type { MeetingBreakouts } from '../../../protocol/room/breakouts.ts';
import type { RoomEvent } from '../../../protocol/room/event.ts';
import { formatFeedMessage } from '../../../protocol/room/feed.ts';
import type { FeedMessage } from '../../../protocol/room/feed.ts';
import type { Participant, RoomId, Rooms } from '../../../protocol/room/room.ts';
import { toSnapshot } from '../../../protocol/room/snapshot.ts';
import { ScriptedSip } from './scripted-sip.ts';

const DIST = new URL('../../../web-phone/dist', import.meta.url).pathname;
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Assets are named by what is in them: as from the product, a browser may keep them. */
const FOR_EVER = 'max-age=31536000, immutable';

/** Ports of servers that stopped, for those to come: of an origin that it knows a browser has the scripts compiled. */
const left: number[] = [];

export interface Heard {
  readonly method: string;
  readonly path: string;
  /** `?name=value`, or nothing. */
  readonly search: string;
  readonly body: unknown;
  readonly authorization: string | undefined;
}

/** What to answer: a status with a body (bytes are sent as a WAV file), or nothing at all (the request hangs). */
export type Reply = readonly [status: number, body?: object] | 'hang';

/**
 * A scripted server for the two pages: serves what Vite built under a strict content policy, answers
 * HTTP from `replies`, keeps a feed whose facts the test dictates, and speaks a little SIP.
 */
export class PageServer {
  readonly heard: Heard[] = [];
  readonly sip = new ScriptedSip();
  /** By `METHOD /path below /api/v1`; what is not listed is answered 404. */
  readonly replies = new Map<string, Reply>();
  /** To what changes something and is not in `replies`. */
  otherwise: Reply | undefined;
  /** The protocols each feed was opened with. */
  readonly feedProtocols: string[] = [];
  readyz: Reply = [200, { ready: true, engines: [] }];
  rooms: Rooms = new Map();
  meetings: readonly MeetingView[] = [];
  breakouts: readonly MeetingBreakouts[] = [];
  refuseFeed = false;
  #pages = DIST;
  readonly #feeds = new Map<WebSocket, number>();
  readonly #sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  readonly #server = createServer((request, response) => void this.#onRequest(request, response));

  /** `pages`: the folder that Vite built into. */
  static async start(pages = DIST): Promise<PageServer> {
    const server = new PageServer();
    server.#pages = pages;
    server.#server.on('upgrade', (request, socket, head) => {
      if (server.refuseFeed && request.url?.startsWith('/api/') === true) {
        socket.destroy();
        return;
      }
      if (server.sip.away && request.url === '/sip') {
        server.sip.refused += 1;
        socket.destroy();
        return;
      }
      server.#sockets.handleUpgrade(request, socket, head, (ws) => server.#onSocket(request, ws));
    });
    await server.#listen(left.shift() ?? 0);
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }
  get sipUrl(): string {
    return `ws://127.0.0.1:${this.port}/sip`;
  }

  /** Another may come to its address: its pages are to be closed by then. */
  async stop(): Promise<void> {
    const { port } = this;
    for (const client of this.#sockets.clients) client.terminate();
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
    left.push(port);
  }

  /** A fact of the switch. */
  fact(event: RoomEvent): void {
    this.rooms = apply(this.rooms, event);
    this.tell((seq) => ({ kind: 'event', seq, event }));
  }

  put(room: RoomId, participant: Participant): void {
    this.fact({ kind: 'participant-updated', room, participant });
  }

  putMeeting(meeting: MeetingView): void {
    this.meetings = [...this.meetings.filter(({ id }) => id !== meeting.id), meeting];
    this.tell((seq) => ({ kind: 'meeting-updated', seq, meeting }));
  }

  /** They are opened, to end at another time, or (without rooms) over. */
  putBreakouts(breakouts: MeetingBreakouts): void {
    const others = this.breakouts.filter(({ meeting }) => meeting !== breakouts.meeting);
    this.breakouts = breakouts.rooms.length === 0 ? others : [...others, breakouts];
    this.tell((seq) => ({ kind: 'breakouts-updated', seq, breakouts }));
  }

  tell(message: (seq: number) => FeedMessage): void {
    for (const [socket, seq] of this.#feeds) {
      this.#feeds.set(socket, seq + 1);
      socket.send(formatFeedMessage(message(seq + 1)));
    }
  }

  /** Breaks every feed, as a restart of the server would. */
  breakFeeds(): void {
    for (const socket of this.#feeds.keys()) socket.terminate();
  }

  last(method: string): Heard | undefined {
    return this.heard.filter((each) => each.method === method).at(-1);
  }

  #listen(port: number): Promise<void> {
    return new Promise((done, fail) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => {
        // Somebody else has it by now.
        if (error.code === 'EADDRINUSE' && port !== 0) done(this.#listen(0));
        else fail(error);
      });
      this.#server.listen(port, '127.0.0.1', done);
    });
  }

  #onSocket(request: IncomingMessage, socket: WebSocket): void {
    if (request.url === '/sip') {
      this.sip.accept(socket);
      return;
    }
    this.feedProtocols.push(request.headers['sec-websocket-protocol'] ?? '');
    this.#feeds.set(socket, 1);
    socket.on('close', () => this.#feeds.delete(socket));
    const rooms = [...this.rooms.values()].map(toSnapshot);
    const meetings = request.url?.includes('meeting=') === true ? [] : this.meetings;
    socket.send(
      formatFeedMessage({ kind: 'snapshot', seq: 1, rooms, meetings, breakouts: this.breakouts }),
    );
  }

  async #onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? '/', this.url);
    const method = request.method ?? 'GET';
    if (pathname === '/readyz') return answer(response, this.readyz);
    if (!pathname.startsWith('/api/v1')) return sendFile(this.#pages, pathname, response);
    const path = pathname.slice('/api/v1'.length);
    const { authorization } = request.headers;
    this.heard.push({ method, path, search, body: await bodyOf(request), authorization });
    const otherwise = method === 'GET' ? undefined : this.otherwise;
    return answer(
      response,
      this.replies.get(`${method} ${path}`) ?? otherwise ?? [404, notFound(path)],
    );
  }
}

function notFound(path: string): object {
  return { type: 'about:blank', title: 'Not found', status: 404, detail: `nothing at ${path}` };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}

function answer(response: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return;
  const [status, body] = reply;
  if (body instanceof Uint8Array) {
    response.writeHead(status, { 'content-type': 'audio/wav', 'content-length': body.length });
    response.end(body);
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function sendFile(pages: string, path: string, response: ServerResponse): Promise<void> {
  const file = path.startsWith('/join/')
    ? 'join.html'
    : path === '/console' || path === '/phone'
      ? `${path.slice(1)}.html`
      : path.slice(1);
  try {
    const bytes = await readFile(join(pages, file));
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'text/html',
      'cache-control': path.startsWith('/assets/') ? FOR_EVER : 'no-cache',
      'content-security-policy': "default-src 'self'; object-src 'none'; base-uri 'none'",
    });
    response.end(bytes);
  } catch {
    // Not a file of ours.
    response.writeHead(404).end();
  }
}
