import type { RemoteInfo, Socket } from 'node:dgram';
import type { SocketAddress } from '../address.ts';
import { kindOf } from './demultiplex.ts';
import type { DatagramKind } from './demultiplex.ts';
import { parseStun } from './stun.ts';

/** One browser leg as the shared port sees it. */
export interface PortUser {
  /** A STUN datagram that names this leg. True: the address may send media from now on. */
  onStun(bytes: Uint8Array, from: SocketAddress): boolean;
  onMedia(kind: Exclude<DatagramKind, 'stun' | 'junk'>, bytes: Uint8Array): void;
}

/**
 * The one UDP port of all browsers (RFC 7983). STUN finds its leg by our username fragment; all
 * else by an address that such STUN made known. What nobody announced is dropped unanswered.
 */
export class BrowserPort {
  readonly port: number;
  readonly #socket: Socket;
  readonly #byUfrag = new Map<string, PortUser>();
  readonly #byAddress = new Map<string, PortUser>();
  #open = true;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
    socket.on('message', (bytes, from) => this.#onDatagram(bytes, from));
    // One browser's ICMP refusal says nothing of the others.
    socket.on('error', () => undefined);
  }

  add(ufrag: string, user: PortUser): void {
    this.#byUfrag.set(ufrag, user);
  }

  /** Forgets a fragment; the addresses that it made known stay until `remove`. */
  forget(ufrag: string): void {
    this.#byUfrag.delete(ufrag);
  }

  remove(user: PortUser): void {
    for (const table of [this.#byUfrag, this.#byAddress]) {
      for (const [key, owner] of table) if (owner === user) table.delete(key);
    }
  }

  send(bytes: Uint8Array, to: SocketAddress): void {
    // UDP may lose packets anywhere; losing one here is no different.
    if (this.#open) this.#socket.send(bytes, to.port, to.address);
  }

  close(): void {
    this.#open = false;
    this.#socket.close();
  }

  #onDatagram(bytes: Buffer, from: RemoteInfo): void {
    const kind = kindOf(bytes);
    if (kind === 'junk') return;
    if (kind === 'stun') return this.#onStun(bytes, from);
    this.#byAddress.get(keyOf(from))?.onMedia(kind, bytes);
  }

  #onStun(bytes: Buffer, from: RemoteInfo): void {
    const [ufrag = ''] = (parseStun(bytes)?.username ?? '').split(':');
    const user = this.#byUfrag.get(ufrag);
    if (user?.onStun(bytes, from)) this.#byAddress.set(keyOf(from), user);
  }
}

function keyOf({ address, port }: SocketAddress): string {
  return `${address} ${port}`;
}
