import type { Response } from 'express';
import { drainedBelow } from './drained.ts';
import { MOST_UNSENT_BYTES, UNHURRIED_BYTES } from './line.ts';
import type { Line } from './line.ts';
import type { Turn } from './turn.ts';

/** A reader whose connection broke comes back after so long. */
const RETRY_MS = 1_000;

/** A reader by Server-Sent Events (HTML, section 9.2): the id of each is its number. */
export class EventStreamLine implements Line {
  readonly #response: Response;
  readonly #turn: Turn;

  constructor(response: Response, turn: Turn) {
    this.#response = response;
    this.#turn = turn;
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      // A proxy that gathers answers would keep events back.
      'X-Accel-Buffering': 'no',
    });
    response.write(`retry: ${RETRY_MS}\n\n`);
  }

  get isOpen(): boolean {
    return !this.#response.writableEnded && !this.#response.destroyed;
  }

  send(bytes: Buffer, seq: number): void {
    if (!this.isOpen) return;
    this.#turn.hold(this);
    this.#response.write(`id: ${seq}\ndata: `);
    this.#response.write(bytes);
    this.#response.write('\n\n');
  }

  /** A comment: keeps the way open, and finds out whether there is one. */
  beat(): void {
    if (this.isOpen) this.#response.write(':\n\n');
  }

  drained(): Promise<void> {
    return drainedBelow(this.#response, UNHURRIED_BYTES);
  }

  close(): void {
    this.#response.end();
  }

  drop(): void {
    this.#response.destroy();
  }

  onceClosed(listener: () => void): void {
    this.#response.once('close', listener);
  }

  hold(): void {
    this.#response.cork();
  }

  release(): void {
    this.#response.uncork();
    if (this.#response.writableLength > MOST_UNSENT_BYTES) this.drop();
  }
}
