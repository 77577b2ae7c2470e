import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A wire between a client and a server on this machine that a test can cut, or freeze. */
export class TcpProxy {
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #open = true;
  #frozen = false;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async to(port: number): Promise<TcpProxy> {
    const server = createServer((client) => proxy.#join(client, port));
    const proxy = new TcpProxy(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Connections that are up. */
  get size(): number {
    return this.#pairs.size;
  }

  /** Breaks every connection, and each new one, until `mend`. */
  cut(): void {
    this.#open = false;
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  /** From now on nothing crosses and nobody is told: half-open connections, until `mend`. */
  freeze(): void {
    this.#frozen = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** New connections work again; frozen ones stay dead. */
  mend(): void {
    this.#open = true;
    this.#frozen = false;
  }

  /** Everything crosses again, and what was held back arrives: bytes, and that an end was closed. */
  thaw(): void {
    this.mend();
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket, port: number): void {
    if (!this.#open) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(port, '127.0.0.1');
    const pair = [client, server] as const;
    this.#pairs.add(pair);
    for (const [from, to] of [pair, [server, client] as const]) {
      from.on('data', (chunk: Buffer) => to.write(chunk));
      // A reset is an end like any other here.
      from.on('error', () => undefined);
      from.once('close', () => {
        this.#pairs.delete(pair);
        to.destroy();
      });
      if (this.#frozen) from.pause();
    }
  }
}
