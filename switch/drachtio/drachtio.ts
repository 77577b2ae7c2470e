import { randomBytes, randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { ClientMessage } from '../../protocol/drachtio/message.ts';
import { formatOk, formatRefusal } from '../../protocol/drachtio/message.ts';
import type { Log } from '../../protocol/log.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { EndpointListener, ListenOptions, SipEndpoint } from '../sip/endpoint.ts';
import { listenSip } from '../sip/listen.ts';
import type { Client } from './call.ts';
import type { Outside } from './desk.ts';
import { Desk } from './desk.ts';
import { Door } from './door.ts';
import { FromClient } from './from-client.ts';
import { FromNetwork } from './from-network.ts';

export interface DrachtioOptions {
  /** Where applications connect; 0 takes a free port. */
  readonly host: string;
  readonly port: number;
  readonly secret: string;
  readonly sip: Omit<ListenOptions, 'log'>;
  readonly log: Log;
  /** Runs something once after `ms` and gives how to stop it; real time when absent. */
  readonly after?: (ms: number, run: () => void) => () => void;
}

export interface DrachtioDump {
  readonly clients: number;
  /** Dialogs, early ones too. */
  readonly calls: number;
  /** Requests of peers that wait for a client's answer, and of clients that wait for a peer's. */
  readonly incoming: number;
  readonly outgoing: number;
  readonly sip: ReturnType<SipEndpoint['dump']>;
}

/** A running stand-in. */
export interface DrachtioStandIn {
  readonly port: number;
  readonly sipPort: number;
  readonly wsPort: number | undefined;
  readonly secret: string;
  dump(): DrachtioDump;
  /** Ends every call, then closes. */
  stop(): Promise<void>;
}

/** Read by drachtio-srf, which wants the form `v1.2.3`. */
const VERSION = 'v0.9.3-standin';

/** What SIP has; drachtio drops anything else unanswered, we say 501. */
const METHODS = [
  ...['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS', 'REGISTER', 'PRACK'],
  ...['UPDATE', 'INFO', 'REFER', 'MESSAGE', 'SUBSCRIBE', 'NOTIFY', 'PUBLISH'],
];

/** Starts drachtio's stand-in: SIP on one side, drachtio's wire for applications on the other. */
export async function startDrachtio(options: DrachtioOptions): Promise<DrachtioStandIn> {
  const { host, port, secret, log } = options;
  const parts = await openSip(options);
  const doors = new Set<Door>();
  const server = createServer((socket) => {
    const door = new Door(socket, {
      secret,
      newId: randomUUID,
      welcome: () => welcome(parts.desk.sip),
      onCommand: (client, message) => onCommand(parts, client, message),
      onGone: (client, why) => {
        log('warn', 'drachtio application gone', { client: client.name, why });
        parts.desk.routes.drop(client);
        parts.network.clientGone(client);
        parts.clients.clientGone(client);
      },
      onRefused: ({ name }, why) => log('warn', 'drachtio application refused', { name, why }),
    });
    doors.add(door);
    socket.once('close', () => doors.delete(door));
  });
  server.listen(port, host);
  await once(server, 'listening').catch(async (error: unknown) => {
    await parts.desk.sip.stop();
    throw error;
  });
  return {
    port: (server.address() as AddressInfo).port,
    sipPort: parts.desk.sip.port,
    wsPort: parts.desk.sip.wsPort,
    secret,
    dump: () => ({
      clients: [...doors].filter((door) => door.trusted).length,
      calls: parts.desk.calls.size,
      incoming: parts.network.size,
      outgoing: parts.clients.size,
      sip: parts.desk.sip.dump(),
    }),
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const door of doors) {
        parts.network.clientGone(door);
        parts.clients.clientGone(door);
        door.close();
      }
      await closed;
      await parts.desk.sip.stop();
    },
  };
}

interface Parts {
  readonly desk: Desk;
  readonly network: FromNetwork;
  readonly clients: FromClient;
}

async function openSip(options: DrachtioOptions): Promise<Parts> {
  const above: { network?: FromNetwork } = {};
  const listener: EndpointListener = {
    onRequest: (transaction) => above.network?.onRequest(transaction),
    onAck: (request, flow) => above.network?.onAck(request, flow),
    onCancel: (invite, cancel) => above.network?.onCancel(invite, cancel),
    onTransactionTimeout: (transaction) => above.network?.onTransactionTimeout(transaction),
    onFlowClosed: (flow) => above.network?.onFlowClosed(flow),
  };
  const { log } = options;
  const sip = await listenSip({ abilities: { methods: METHODS }, ...options.sip, log }, listener);
  const desk = new Desk(sip, options.sip.host, outside(options.after ?? afterRealTime));
  const network = new FromNetwork(desk);
  above.network = network;
  return { desk, network, clients: new FromClient(desk, network) };
}

function outside(after: Outside['after']): Outside {
  return {
    newId: randomUUID,
    newTag: () => randomBytes(8).toString('hex'),
    now: Date.now,
    after,
    resolve: async (name) => (await lookup(name)).address,
  };
}

function afterRealTime(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

function onCommand({ desk, clients }: Parts, client: Client, message: ClientMessage): void {
  const ok = (...fields: readonly string[]) =>
    client.send(formatOk(desk.outside.newId(), message.id, ...fields));
  const refuse = (why: string) =>
    client.send(formatRefusal(desk.outside.newId(), message.id, 'NO', why));
  switch (message.kind) {
    case 'route':
      desk.routes.add(client, message.method);
      return ok();
    case 'remove-route':
      desk.routes.remove(client, message.method);
      return ok();
    case 'ping':
      return ok('pong');
    case 'sip':
      return clients.onSip(client, message);
    case 'authenticate':
      return refuse('already authenticated');
    case 'proxy':
      return refuse('proxying is not supported');
    case 'unknown':
      return refuse('Unknown message type');
    default:
      unreachable(message);
  }
}

function welcome(sip: SipEndpoint): string[] {
  const host = sip.contactHost.slice(0, sip.contactHost.lastIndexOf(':'));
  const ws = sip.wsPort === undefined ? [] : [`ws/${host}:${sip.wsPort}`];
  const hostports = [`udp/${sip.contactHost}`, `tcp/${sip.contactHost}`, ...ws].join(',');
  return [hostports, VERSION, hostports];
}
