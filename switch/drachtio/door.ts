import { createHash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { DrachtioProtocolError, formatFrame, FrameDecoder } from '../../protocol/drachtio/frame.ts';
import type { ClientMessage } from '../../protocol/drachtio/message.ts';
import { formatOk, formatRefusal, parseClientMessage } from '../../protocol/drachtio/message.ts';
import type { Client } from './call.ts';

export interface DoorOptions {
  readonly secret: string;
  newId(this: void): string;
  /** What `authenticate` is answered with: SIP addresses, version, local SIP addresses. */
  welcome(this: void): readonly string[];
  /** A command of a client that gave the secret. */
  onCommand(this: void, client: Client, message: ClientMessage): void;
  onGone(this: void, client: Client, why: string): void;
  onRefused(this: void, client: Client, why: string): void;
}

/** A client that does not give the secret in this time is cut. */
const LOGIN_MS = 10_000;
/** A client that does not read loses its connection, as its calls would be out of date anyway. */
const MAX_QUEUED_BYTES = 16_777_216;

/** One application's connection: frames, the secret, then commands. */
export class Door implements Client {
  readonly name: string;
  readonly #socket: Socket;
  readonly #options: DoorOptions;
  readonly #decoder = new FrameDecoder();
  readonly #login: NodeJS.Timeout;
  #trusted = false;
  #why = 'closed by the application';

  constructor(socket: Socket, options: DoorOptions) {
    this.name = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? ''}`;
    this.#socket = socket;
    this.#options = options;
    this.#login = setTimeout(() => this.#cut('no secret in time'), LOGIN_MS);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    socket.on('data', (chunk) => this.#onData(chunk));
    socket.on('error', ({ message }) => (this.#why = message));
    socket.on('close', () => this.#onClose());
  }

  get trusted(): boolean {
    return this.#trusted;
  }

  get gone(): boolean {
    return this.#socket.destroyed;
  }

  send(text: string): void {
    if (!this.#socket.writable) return;
    this.#socket.write(formatFrame(text));
    if (this.#socket.writableLength > MAX_QUEUED_BYTES) this.#cut('the application does not read');
  }

  /** Ends the connection after what was sent. */
  close(): void {
    this.#socket.destroySoon();
  }

  #cut(why: string): void {
    this.#why = why;
    if (!this.#trusted) this.#options.onRefused(this, why);
    this.#socket.destroy();
  }

  #onData(chunk: Buffer): void {
    try {
      for (const text of this.#decoder.push(chunk)) this.#onMessage(parseClientMessage(text));
    } catch (error) {
      if (!(error instanceof DrachtioProtocolError)) throw error;
      this.#cut(error.message);
    }
  }

  #onMessage(message: ClientMessage): void {
    if (this.gone) return;
    if (this.#trusted) this.#options.onCommand(this, message);
    else if (message.kind === 'authenticate') this.#onSecret(message);
    else this.#refuse(message.id, 'authenticate first');
  }

  #onSecret({ id, secret }: Extract<ClientMessage, { kind: 'authenticate' }>): void {
    if (!sameSecret(secret, this.#options.secret)) return this.#refuse(id, 'incorrect secret');
    clearTimeout(this.#login);
    this.#trusted = true;
    this.send(formatOk(this.#options.newId(), id, ...this.#options.welcome()));
  }

  #refuse(id: string, why: string): void {
    this.send(formatRefusal(this.#options.newId(), id, 'NO', why));
    this.#options.onRefused(this, why);
    this.close();
  }

  #onClose(): void {
    clearTimeout(this.#login);
    if (this.#trusted) this.#options.onGone(this, this.#why);
    this.#trusted = false;
  }
}

/** Compared as digests, so that neither length nor content shows in the time it takes. */
function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
