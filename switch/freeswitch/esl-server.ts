import { timingSafeEqual, createHash, randomUUID } from 'node:crypto';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { EslEvent } from '../../protocol/esl/event.ts';
import { RUDE_REJECTION, formatEventFrame } from '../../protocol/esl/server.ts';
import type { EventFormat } from '../../protocol/esl/subscription.ts';
import type { Log } from '../../protocol/log.ts';
import type { Orders } from './esl-connection.ts';
import { EslConnection } from './esl-connection.ts';

export interface EslServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly password: string;
  readonly log: Log;
  /** Bytes that may wait for a controller that does not read; 32 MiB when absent. */
  readonly maxBacklogBytes?: number;
  /** Whose addresses may connect; the loopback's alone when absent, as FreeSWITCH has it. */
  readonly allows?: (address: string) => boolean;
}

const MAX_BACKLOG_BYTES = 32 * 1024 * 1024;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** The event socket: every controller that is connected. */
export class EslServer {
  readonly #options: EslServerOptions;
  readonly #orders: Orders;
  readonly #connections = new Set<EslConnection>();
  readonly #server: Server;

  private constructor(options: EslServerOptions, orders: Orders) {
    this.#options = options;
    this.#orders = orders;
    this.#server = createServer({ noDelay: true }, (socket) => this.#onSocket(socket));
  }

  /** Listens. Rejects where the port is taken. */
  static async listen(options: EslServerOptions, orders: Orders): Promise<EslServer> {
    const server = new EslServer(options, orders);
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(options.port, options.host, resolve);
    });
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** Gives an event to everybody who wants it; it is written once for each format. */
  publish(event: EslEvent): void {
    const frames = new Map<EventFormat, Buffer>();
    for (const connection of this.#connections) {
      const format = connection.formatFor(event);
      if (format === undefined) continue;
      const frame = frames.get(format) ?? Buffer.from(formatEventFrame(event, format));
      frames.set(format, frame);
      connection.write(frame);
    }
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const connection of this.#connections) connection.dismiss();
    await closed;
  }

  #onSocket(socket: Socket): void {
    const address = socket.remoteAddress ?? '';
    const allows = this.#options.allows ?? ((each) => LOOPBACK.test(each));
    if (!allows(address)) {
      this.#options.log('warn', 'event socket refused by access list', { address });
      // A peer that resets instead of reading its refusal has it all the same.
      socket.on('error', () => socket.destroy());
      socket.end(RUDE_REJECTION);
      return;
    }
    const connection: EslConnection = new EslConnection(socket, {
      orders: this.#orders,
      log: this.#options.log,
      maxBacklogBytes: this.#options.maxBacklogBytes ?? MAX_BACKLOG_BYTES,
      isPassword: (attempt) => sameSecret(attempt, this.#options.password),
      uuid: randomUUID,
      onClose: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
  }
}

/** Compares in a time that tells nothing of where the two differ. */
function sameSecret(attempt: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(attempt), digest(secret));
}
