import type { Socket } from 'node:net';
import type { StreamItem } from '../../protocol/sip/stream-decoder.ts';
import { SipStreamDecoder } from '../../protocol/sip/stream-decoder.ts';
import type { Flow } from './endpoint.ts';
import type { WireListener } from './wire.ts';
import { MAX_QUEUED_BYTES } from './wire.ts';

export interface TcpConnectionOptions {
  readonly socket: Socket;
  readonly peer: { readonly address: string; readonly port: number };
  readonly number: number;
  readonly messageMs: number;
  readonly listener: WireListener;
  readonly onGone: () => void;
}

const CONNECT_MS = 10_000;

/** One TCP connection with a SIP peer, whoever made it. */
export class TcpConnection {
  readonly number: number;
  readonly #options: TcpConnectionOptions;
  readonly #decoder = new SipStreamDecoder();
  #deadline: NodeJS.Timeout | undefined;
  /** Our own end is known once connected. */
  #flow: Flow;

  constructor(options: TcpConnectionOptions) {
    this.#options = options;
    this.number = options.number;
    const { socket } = options;
    this.#flow = flowOf(options);
    if (socket.connecting) {
      const connecting = setTimeout(() => socket.destroy(), CONNECT_MS);
      socket.once('connect', () => (this.#flow = flowOf(options)));
      socket.once('connect', () => clearTimeout(connecting));
      socket.once('close', () => clearTimeout(connecting));
    }
    socket.on('data', (chunk) => this.#receive(chunk));
    // What failed shows as the close that follows.
    socket.on('error', () => undefined);
    socket.once('close', () => this.#close());
  }

  send(text: string, onError: () => void): void {
    const { socket, listener, peer } = this.#options;
    if (socket.writableLength > MAX_QUEUED_BYTES) {
      listener.onRefused('reads too slowly', peer.address);
      socket.destroy();
    }
    socket.write(text, (error) => {
      if (error) onError();
    });
  }

  destroy(): void {
    this.#options.socket.destroy();
  }

  #receive(chunk: Buffer): void {
    const items = this.#decoder.push(chunk);
    for (const item of items) this.#pass(item, this.#flow);
    // However many keep-alives came at once, one answer shows that we live.
    if (items.some((each) => each.kind === 'ping')) this.send('\r\n', () => undefined);
    this.#watch(items.length > 0);
  }

  #pass(item: StreamItem, flow: Flow): void {
    const { listener, socket } = this.#options;
    if (item.kind === 'message') listener.onMessage(item.message, flow);
    else if (item.kind === 'malformed') listener.onMalformed(item.error, flow, false);
    else if (item.kind === 'broken') {
      listener.onMalformed(item.error, flow, true);
      socket.end();
      setImmediate(() => socket.destroySoon());
    }
  }

  /** A message begun must end in time; idle connections may last. */
  #watch(progressed: boolean): void {
    if (progressed || !this.#decoder.isMidMessage) {
      clearTimeout(this.#deadline);
      this.#deadline = undefined;
    }
    if (!this.#decoder.isMidMessage) return;
    this.#deadline ??= setTimeout(() => {
      this.#options.listener.onRefused('message not finished in time', this.#flow.address);
      this.destroy();
    }, this.#options.messageMs);
  }

  #close(): void {
    clearTimeout(this.#deadline);
    this.#options.onGone();
    this.#options.listener.onClosed(this.#flow);
  }
}

function flowOf({ socket, peer, number }: TcpConnectionOptions): Flow {
  return {
    transport: 'tcp',
    address: peer.address,
    port: peer.port,
    localAddress: socket.localAddress ?? '',
    localPort: socket.localPort ?? 0,
    connection: number,
  };
}
