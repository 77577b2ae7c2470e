import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A TCP connection that sends what it likes and keeps what it hears. */
export class RawConnection {
  readonly #socket: Socket;
  readonly closed: Promise<void>;
  #heard = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('data', (chunk) => (this.#heard += chunk.toString('latin1')));
    // A reset is one way of being refused; it shows as the close that follows.
    socket.on('error', () => undefined);
  }

  /** `address` is `host:port`. */
  static async open(address: string): Promise<RawConnection> {
    const [host = '', port = ''] = address.split(':');
    const socket = connect({ host, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  get heard(): string {
    return this.#heard;
  }

  send(bytes: Uint8Array | string): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  /** Waits for text, or the close. */
  async hears(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#heard) && !this.#socket.destroyed) {
      const more = new Promise<void>((resolve) => this.#socket.once('data', () => resolve()));
      await Promise.race([more, this.closed]);
    }
    return this.#heard;
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
