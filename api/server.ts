import { createServer as createHttp } from 'node:http';
import type { Server } from 'node:http';
import { createServer as createHttps, Server as HttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Express } from 'express';
import { createApi } from './app.ts';
import { openBigBlueButton } from './bigbluebutton/service.ts';
import { bookOutEndedCalls } from './calls.ts';
import { FeedDoor } from './feed/door.ts';
import type { ApiParts, RateLimits } from './parts.ts';
import { SipProxy } from './sip-proxy.ts';
import { routeUpgrades } from './upgrades.ts';
import { startWebhooks } from './webhooks/service.ts';

export interface ApiSettings extends Omit<ApiParts, 'secure' | 'limits' | 'publicUrl'> {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** PEM texts; with them the server speaks HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** Where browsers' SIP goes: `ws://host:port`. */
  readonly sipWs: string | undefined;
  /** What people type to reach us, where that is not the address we listen on. */
  readonly publicUrl?: (() => string) | undefined;
  readonly limits?: RateLimits | undefined;
}

export interface Api {
  /** `http://host:port` that we listen on. */
  readonly url: string;
  /** The certificate of connections from now on, PEM texts; those that are up stay as they are. */
  renew(tls: { readonly cert: string; readonly key: string }): void;
  /** Closes every feed and phone, lets requests finish for 2 s. */
  stop(): Promise<void>;
}

const LIMITS: RateLimits = { perToken: 100, perAddress: 20 };
const DRAIN_MS = 2_000;
const TLS = { minVersion: 'TLSv1.2' } as const;

/** Listens. Rejects with one clear sentence where it cannot. */
export async function startApi(settings: ApiSettings): Promise<Api> {
  const { host, tls, sipWs } = settings;
  let url = '';
  const parts: ApiParts = {
    ...settings,
    secure: tls !== undefined,
    limits: settings.limits ?? LIMITS,
    // Who gives it may not know it before we listen.
    publicUrl: () => settings.publicUrl?.() || url,
  };
  const doors = { feed: new FeedDoor(parts), sip: new SipProxy(parts, sipWs) };
  const bigbluebutton = openBigBlueButton(parts);
  const webhooks = startWebhooks(parts);
  const app = createApi(parts, doors.feed, bigbluebutton?.routes, webhooks.routes);
  const server = createServer(app, tls);
  const connections = track(server);
  routeUpgrades(server, doors, parts);
  try {
    await listen(server, host, settings.port);
    url = urlOf(server, settings);
    await bigbluebutton?.begin();
  } catch (error) {
    server.close();
    doors.feed.stop();
    doors.sip.stop();
    await webhooks.stop();
    await bigbluebutton?.stop();
    throw error;
  }
  const stopBookkeeping = bookOutEndedCalls(parts);
  return {
    url,
    renew: (renewed) => {
      if (server instanceof HttpsServer) server.setSecureContext({ ...renewed, ...TLS });
    },
    stop: async () => {
      stopBookkeeping();
      await stop(server, doors, connections);
      await webhooks.stop();
      await bigbluebutton?.stop();
    },
  };
}

function urlOf(server: Server, { host, tls }: ApiSettings): string {
  const { port } = server.address() as AddressInfo;
  return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Slow senders are let go: 10 s for the headers, 30 s for the whole request. */
function createServer(app: Express, tls: ApiSettings['tls']): Server {
  const patience = {
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    connectionsCheckingInterval: 5_000,
    maxHeaderSize: 16_384,
  };
  return tls ? createHttps({ ...patience, ...tls, ...TLS }, app) : createHttp(patience, app);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const cause = { cause: error };
  if (error.code === 'EADDRINUSE')
    return new Error(
      `Port ${port} on ${host} is taken: stop what uses it, or set HTTP_PORT.`,
      cause,
    );
  if (error.code === 'EACCES')
    return new Error(`Port ${port} needs more rights: set HTTP_PORT to 1024 or more.`, cause);
  if (error.code === 'EADDRNOTAVAIL')
    return new Error(`${host} is no address of this machine: set HTTP_HOST.`, cause);
  return error;
}

/** Node forgets connections that became WebSockets, and would wait for them for ever. */
function track(server: Server): ReadonlySet<Socket> {
  const connections = new Set<Socket>();
  server.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  return connections;
}

async function stop(
  server: Server,
  doors: { readonly feed: FeedDoor; readonly sip: SipProxy },
  connections: ReadonlySet<Socket>,
): Promise<void> {
  doors.feed.stop();
  doors.sip.stop();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    for (const connection of connections) connection.destroy();
  }, DRAIN_MS);
  await closed;
  clearTimeout(timer);
}
