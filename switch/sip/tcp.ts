import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { hostText } from '../../protocol/sip/uri.ts';
import type { Admission } from './admission.ts';
import type { Destination } from './endpoint.ts';
import { TcpConnection } from './tcp-connection.ts';
import type { NextConnection, Wire, WireListener } from './wire.ts';
import { isPort, listenError } from './wire.ts';

export interface TcpOptions {
  readonly host: string;
  readonly port: number;
  readonly messageMs: number;
  readonly admission: Admission;
  readonly nextConnection: NextConnection;
}

/** Opens SIP over TCP: takes connections, and makes them on demand, one a peer, used both ways. */
export async function openTcp(options: TcpOptions, listener: WireListener): Promise<Wire> {
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 });
  server.listen(options.port, options.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const where = `${hostText(options.host)}:${options.port}/tcp`;
    throw listenError(error as NodeJS.ErrnoException, where);
  }
  const wire = new TcpWire(server, options, listener);
  server.on('connection', (socket) => wire.accept(socket));
  return wire;
}

class TcpWire implements Wire {
  readonly #server: Server;
  readonly #options: TcpOptions;
  readonly #listener: WireListener;
  readonly #byNumber = new Map<number, TcpConnection>();
  /** The newest connection to each peer. */
  readonly #byPeer = new Map<string, TcpConnection>();

  constructor(server: Server, options: TcpOptions, listener: WireListener) {
    this.#server = server;
    this.#options = options;
    this.#listener = listener;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : this.#options.port;
  }

  get connections(): number {
    return this.#byNumber.size;
  }

  accept(socket: Socket): void {
    const address = socket.remoteAddress;
    if (address === undefined || socket.remotePort === undefined) {
      socket.destroy();
      return;
    }
    if (!this.#options.admission.enter(address)) {
      this.#listener.onRefused('too many connections', address);
      socket.destroy();
      return;
    }
    socket.once('close', () => this.#options.admission.leave(address));
    this.#adopt(socket, address, socket.remotePort);
  }

  send(text: string, to: Destination, onError: () => void): number | undefined {
    const connection = this.#connectionTo(to);
    if (!connection) {
      setImmediate(onError);
      return undefined;
    }
    connection.send(text, onError);
    return connection.number;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const each of this.#byNumber.values()) each.destroy();
    await closed;
  }

  #connectionTo(to: Destination): TcpConnection | undefined {
    const named = to.connection === undefined ? undefined : this.#byNumber.get(to.connection);
    const known = named ?? this.#byPeer.get(peerKey(to.address, to.port));
    if (known || !isPort(to.port)) return known;
    const socket = connect({ host: to.address, port: to.port, noDelay: true, keepAlive: true });
    return this.#adopt(socket, to.address, to.port);
  }

  #adopt(socket: Socket, address: string, port: number): TcpConnection {
    const key = peerKey(address, port);
    const connection: TcpConnection = new TcpConnection({
      socket,
      peer: { address, port },
      number: this.#options.nextConnection(),
      messageMs: this.#options.messageMs,
      listener: this.#listener,
      onGone: () => {
        this.#byNumber.delete(connection.number);
        if (this.#byPeer.get(key) === connection) this.#byPeer.delete(key);
      },
    });
    this.#byNumber.set(connection.number, connection);
    this.#byPeer.set(key, connection);
    return connection;
  }
}

function peerKey(address: string, port: number): string {
  return `${address} ${port}`;
}
