import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { may } from '../../meetings/rules/access.ts';
import type { Act } from '../../meetings/rules/access.ts';
import { isRoomId } from '../../protocol/room/room.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import { identify, seated, stillHolds } from '../known.ts';
import type { Known } from '../known.ts';
import { isSameOrigin } from '../origin.ts';
import type { ApiParts } from '../parts.ts';
import { refusal } from '../problems.ts';
import { Feeds } from './feeds.ts';
import type { Scope } from './feeds.ts';
import type { Line } from './viewer.ts';

export const PROTOCOL = 'partyline.v1';
const PING_MS = 15_000;
const MOST_SOCKETS = 5_000;
/** Close codes of ours (RFC 6455 section 7.4.2). */
const RAN_OUT = 4401;
const BANNED = 4403;
const GONE = 4404;

/**
 * `/api/v1/events`: who may read which feed, and whether they still may. Readers are known by the
 * subprotocol `bearer.<token>`, by `Authorization`, or by the console's cookie from our own page.
 */
export class FeedDoor {
  readonly #parts: ApiParts;
  readonly #feeds: Feeds;
  readonly #server: WebSocketServer;
  readonly #stopNews: readonly (() => void)[];
  readonly #rooms = new Map<WebSocket, Scope>();
  readonly #known = new Map<WebSocket, Known>();

  constructor(parts: ApiParts) {
    this.#parts = parts;
    this.#feeds = new Feeds(parts);
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: 1_024,
      perMessageDeflate: false,
      handleProtocols: (offered) => offered.has(PROTOCOL) && PROTOCOL,
    });
    this.#stopNews = [
      parts.meetings.meetings.subscribe((news) => {
        if (news.kind === 'removed') this.#dismiss(news.id);
        else this.#onMeeting(news.meeting.id);
      }),
      parts.meetings.bans.subscribe((room) => void this.#expel(room)),
      parts.meetings.people.known.subscribe((personId) => this.#onPerson(personId)),
    ];
  }

  get sockets(): number {
    return this.#server.clients.size;
  }

  /** Throws a refusal before the handshake; afterwards the socket is the feed's. */
  async enter(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (this.sockets >= MOST_SOCKETS)
      throw refusal('unavailable', 'Too many feeds are connected. Try again in a moment.');
    const known = await this.#identify(request);
    const { scope, from } = await this.#wanted(request, known);
    this.#server.handleUpgrade(request, socket, head, (ws) =>
      this.#welcome({ socket: ws, stream: socket }, { known, scope, from }),
    );
  }

  stop(): void {
    for (const stop of this.#stopNews) stop();
    this.#feeds.stop();
    for (const client of this.#server.clients) client.close(1001, 'The server is stopping');
    this.#server.close();
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

  async #wanted(request: IncomingMessage, known: Known) {
    const wish = readWish(request.url ?? '');
    const { caller } = await seated(this.#parts, known, wish.meeting);
    const room = wish.meeting ?? (caller.kind === 'person' ? caller.room : undefined);
    const isAllowed = may(caller, actOf(room));
    if (caller.kind === 'nobody')
      throw refusal('not-signed-in', `Offer the subprotocols "${PROTOCOL}" and "bearer.<token>".`);
    if (!isAllowed) throw refusal('forbidden', notYours(caller));
    if (room !== undefined && !(await this.#parts.meetings.meetings.get(room)))
      throw refusal('not-found', 'No meeting has that id.', { field: 'meeting' });
    return { scope: scopeOf(caller, room), from: wish.from };
  }

  #welcome(
    line: Line,
    { known, scope, from }: { known: Known; scope: Scope; from: number | undefined },
  ): void {
    const { socket } = line;
    this.#rooms.set(socket, scope);
    this.#known.set(socket, known);
    const stopWatching = this.#watch(socket, known);
    socket.once('close', () => {
      stopWatching();
      this.#rooms.delete(socket);
      this.#known.delete(socket);
    });
    socket.on('error', (error) => this.#parts.log('debug', 'feed socket failed', { error }));
    socket.on('message', () => socket.close(1008, 'This feed only speaks'));
    this.#feeds.join(line, scope, from).catch((error: unknown) => {
      this.#parts.log('error', 'feed could not begin', { error: String(error) });
      socket.close(1011, 'Try again in a moment');
    });
  }

  /** Every 15 seconds: does it still answer, and does what it showed still hold? */
  #watch(socket: WebSocket, known: Known): () => void {
    let answered = true;
    socket.on('pong', () => (answered = true));
    const timer = setInterval(() => {
      if (!answered) return socket.terminate();
      answered = false;
      socket.ping();
      void this.#look(socket, known);
    }, PING_MS);
    return () => clearInterval(timer);
  }

  /** A store that does not answer now does not throw anybody out. */
  #holds(known: Known, scope: Scope | undefined): Promise<boolean> {
    return this.#stillMay(known, scope).catch(() => true);
  }

  /** A seat in the meeting may have been taken away; what is one's own alone the feed itself looks after. */
  async #stillMay(known: Known, scope: Scope | undefined): Promise<boolean> {
    if (!(await stillHolds(this.#parts, known))) return false;
    if (known.caller.kind !== 'user' || scope?.kind !== 'meeting') return true;
    const { room } = scope;
    const { caller } = await seated(this.#parts, known, room);
    return may(caller, actOf(room));
  }

  async #look(socket: WebSocket, known: Known): Promise<void> {
    const { caller } = known;
    if (!(await this.#holds(known, this.#rooms.get(socket))))
      socket.close(RAN_OUT, 'Sign in again');
    else if (caller.kind === 'person' && (await this.#isBanned(caller)))
      socket.close(BANNED, 'Banned from this meeting');
  }

  /** Who is banned no longer sees who is there. */
  async #expel(room: RoomId): Promise<void> {
    for (const [socket, scope] of this.#rooms)
      if (scope.kind === 'person' && scope.room === room && (await this.#isBanned(scope)))
        socket.close(BANNED, 'Banned from this meeting');
  }

  /** A store that does not answer now is asked again at the next look. */
  #isBanned({ room, personId }: { room: RoomId; personId: string }): Promise<boolean> {
    return this.#parts.meetings.bans.holds(room, { personId }).catch(() => false);
  }

  /** Whoever is disabled, deleted or given another role is looked at in the same moment. */
  #onPerson(personId: string): void {
    for (const [socket, known] of this.#known) {
      const { caller } = known;
      if ((caller.kind === 'user' || caller.kind === 'person') && caller.personId === personId)
        void this.#look(socket, known);
    }
  }

  /** So is whoever watches a meeting by their seat in it. */
  #onMeeting(id: RoomId): void {
    for (const [socket, known] of this.#known) {
      const scope = this.#rooms.get(socket);
      if (known.caller.kind === 'user' && scope?.kind === 'meeting' && scope.room === id)
        void this.#look(socket, known);
    }
  }

  /** Nobody goes on watching a meeting that is forgotten. */
  #dismiss(id: string): void {
    for (const [socket, scope] of this.#rooms)
      if ('room' in scope && scope.room === id) socket.close(GONE, 'Meeting deleted');
  }
}

function actOf(room: RoomId | undefined): Act {
  return room === undefined ? { kind: 'list-meetings' } : { kind: 'watch', room };
}

function notYours({ kind }: Known['caller']): string {
  return kind === 'user'
    ? 'Your role, or the key, does not open this feed.'
    : 'Your ticket is for another meeting.';
}

function scopeOf(
  caller: Known['caller'],
  room: Extract<Scope, { room: unknown }>['room'] | undefined,
): Scope {
  const observer = caller.kind === 'user' && caller.role === 'observer';
  if (caller.kind === 'user' && caller.role === 'moderator' && room === undefined)
    return { kind: 'own', personId: caller.personId ?? '' };
  if (room === undefined) return { kind: 'everything', observer };
  if (caller.kind !== 'person') return { kind: 'meeting', room, observer };
  return { kind: 'person', room, personId: caller.personId, role: caller.role };
}

function readWish(url: string) {
  const { searchParams } = new URL(url, 'http://localhost');
  for (const name of searchParams.keys())
    if (name !== 'meeting' && name !== 'from')
      throw refusal('bad-input', 'Leave the parameter out: it is not supported.', {
        field: name.slice(0, 100),
      });
  const meeting = searchParams.get('meeting') ?? undefined;
  const from = searchParams.get('from') ?? undefined;
  if (meeting !== undefined && !isRoomId(meeting))
    throw refusal('not-found', 'No meeting has that id.', { field: 'meeting' });
  if (from !== undefined && !/^\d{1,15}$/.test(from))
    throw refusal('bad-input', '"from" must be the number of an event.', { field: 'from' });
  return { meeting, from: from === undefined ? undefined : Number(from) };
}
