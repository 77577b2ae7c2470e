import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';

/** An even RTP port and the odd one above it for RTCP (RFC 3550 section 11), both bound. */
export interface PortPair {
  readonly rtp: Socket;
  readonly rtcp: Socket;
  readonly port: number;
}

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

const FREE_PAIR_TRIES = 50;

/** Opens RTP sockets. A range that begins at 0 takes whatever the system gives. */
export class Ports {
  readonly #host: string;
  readonly #range: PortRange;
  readonly #random: () => number;

  /** `random`: 0 to 1; ports are taken at random so that they cannot be foretold. */
  constructor(host: string, range: PortRange, random: () => number) {
    this.#host = host;
    this.#range = range;
    this.#random = random;
  }

  /** undefined: no free pair is left. */
  async openPair(): Promise<PortPair | undefined> {
    if (this.#range.first === 0) return this.#openAnyPair();
    const first = this.#range.first + (this.#range.first & 1);
    const pairs = Math.floor((this.#range.last + 1 - first) / 2);
    const start = Math.floor(this.#random() * pairs);
    for (let n = 0; n < pairs; n++) {
      const pair = await this.#bindPair(first + 2 * ((start + n) % pairs));
      if (pair) return pair;
    }
    return undefined;
  }

  /** One port for all browsers, from the range's end. */
  async openSingle(): Promise<Socket> {
    if (this.#range.first === 0) return mustBind(await bind(this.#host, 0));
    for (let port = this.#range.last; port >= this.#range.first; port--) {
      const socket = await bind(this.#host, port);
      if (socket) return socket;
    }
    return mustBind(undefined);
  }

  async #openAnyPair(): Promise<PortPair | undefined> {
    for (let n = 0; n < FREE_PAIR_TRIES; n++) {
      const probe = mustBind(await bind(this.#host, 0));
      const port = probe.address().port & ~1;
      await closed(probe);
      const pair = port > 0 ? await this.#bindPair(port) : undefined;
      if (pair) return pair;
    }
    return undefined;
  }

  async #bindPair(port: number): Promise<PortPair | undefined> {
    const rtp = await bind(this.#host, port);
    if (!rtp) return undefined;
    const rtcp = await bind(this.#host, port + 1);
    if (rtcp) return { rtp, rtcp, port };
    await closed(rtp);
    return undefined;
  }
}

function mustBind(socket: Socket | undefined): Socket {
  if (!socket) throw new Error('no free UDP port for media');
  return socket;
}

/** undefined: somebody has the port. */
function bind(host: string, port: number): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const version = isIPv6(host) ? 6 : 4;
    const socket = createSocket({
      type: version === 6 ? 'udp6' : 'udp4',
      recvBufferSize: 1 << 18,
      // Targets are literal addresses: asking the resolver for each packet would cost a turn of the loop.
      lookup: (target, _options, done) => done(null, target, version),
    });
    const onError = (error: NodeJS.ErrnoException) => {
      socket.close();
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    };
    socket.once('error', onError);
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.off('error', onError);
      resolve(socket);
    });
  });
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}
