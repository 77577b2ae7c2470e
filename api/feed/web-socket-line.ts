import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { MOST_UNSENT_BYTES, UNHURRIED_BYTES } from './line.ts';
import type { Line } from './line.ts';
import { drainedBelow } from './drained.ts';
import type { Turn } from './turn.ts';

/** A reader by WebSocket, one message each. */
export class WebSocketLine implements Line {
  readonly #socket: WebSocket;
  /** What carries it. */
  readonly #stream: Duplex;
  readonly #turn: Turn;

  constructor(socket: WebSocket, stream: Duplex, turn: Turn) {
    this.#socket = socket;
    this.#stream = stream;
    this.#turn = turn;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  send(bytes: Buffer): void {
    if (!this.isOpen) return;
    this.#turn.hold(this);
    this.#socket.send(bytes, { binary: false });
  }

  drained(): Promise<void> {
    return drainedBelow(this.#stream, UNHURRIED_BYTES);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  drop(): void {
    this.#socket.terminate();
  }

  onceClosed(listener: () => void): void {
    this.#socket.once('close', listener);
  }

  /** From now on nothing leaves until `release`. */
  hold(): void {
    this.#stream.cork();
  }

  release(): void {
    this.#stream.uncork();
    if (this.#socket.bufferedAmount > MOST_UNSENT_BYTES) this.drop();
  }
}
