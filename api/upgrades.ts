import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FeedDoor } from './feed/door.ts';
import type { ApiParts } from './parts.ts';
import { refusal, Refusal } from './problems.ts';
import type { SipProxy } from './sip-proxy.ts';

interface Doors {
  readonly feed: FeedDoor;
  readonly sip: SipProxy;
}

/** Sends each WebSocket handshake to its door; a refused one gets a problem document. */
export function routeUpgrades(server: Server, doors: Doors, { log }: ApiParts): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    enter(doors, request, socket, head).catch((error: unknown) => {
      if (!(error instanceof Refusal))
        log('error', 'WebSocket handshake failed', { error: String(error) });
      refuse(socket, error instanceof Refusal ? error : refusal('internal', 'Try again later.'));
    });
  });
}

async function enter(
  { feed, sip }: Doors,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const { url = '' } = request;
  if (!URL.canParse(url, 'http://localhost')) throw refusal('bad-input', 'The address is wrong.');
  const { pathname } = new URL(url, 'http://localhost');
  if (pathname === '/api/v1/events') return feed.enter(request, socket, head);
  if (pathname === '/sip') return sip.enter(request, socket, head);
  throw refusal('not-found', 'WebSockets are at /api/v1/events and /sip.');
}

function refuse(socket: Duplex, { problem, headers }: Refusal): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const text = JSON.stringify(problem);
  const lines = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`);
}
