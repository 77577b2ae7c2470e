import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { FeedMessage } from '../../protocol/room/feed.ts';
import { KEPT } from './numbered.ts';
import { narrowed, personIn } from './redact.ts';
import type { Reader } from './redact.ts';
import type { Turn } from './turn.ts';

/** A reader that lets so much pile up is not reading. */
export const MOST_UNSENT_BYTES = 1024 * 1024;

/** A reader's connection: the WebSocket, and the stream that carries it. */
export interface Line {
  readonly socket: WebSocket;
  readonly stream: Duplex;
}

/** One reader of one feed. Until it has its snapshot, what comes after waits. */
export class Viewer {
  readonly #line: Line;
  readonly #turn: Turn;
  /** Set where the reader is a person in the meeting, whose view is narrower. */
  readonly #reader: Reader | undefined;
  #waiting: FeedMessage[] | undefined = [];

  constructor(line: Line, turn: Turn, reader: Reader | undefined) {
    this.#line = line;
    this.#turn = turn;
    this.#reader = reader;
  }

  /** Sends the beginning, then what came meanwhile. */
  begin(first: readonly FeedMessage[]): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const message of [...first, ...waiting]) this.#write(this.#bytesOf(message));
  }

  /** `shared` is the message as all but the person it is about may read it, made once for all readers. */
  hear(message: FeedMessage, shared: () => Buffer): void {
    if (!this.#waiting) {
      this.#write(this.#isAbout(message) ? this.#bytesOf(message) : shared());
      return;
    }
    this.#waiting.push(message);
    if (this.#waiting.length > KEPT) this.#line.socket.terminate();
  }

  /** From now on nothing leaves until `release`. */
  hold(): void {
    this.#line.stream.cork();
  }

  /** They connect again, and begin with a snapshot. */
  restart(): void {
    this.#line.socket.close(1012, 'There is more to see: connect again');
  }

  release(): void {
    const { socket, stream } = this.#line;
    stream.uncork();
    if (socket.bufferedAmount > MOST_UNSENT_BYTES) socket.terminate();
  }

  #isAbout(message: FeedMessage): boolean {
    if (this.#reader?.personId === undefined || message.kind !== 'event') return false;
    return personIn(message.event) === this.#reader.personId;
  }

  #bytesOf(message: FeedMessage): Buffer {
    const reader = this.#reader;
    return toBytes(reader === undefined ? message : narrowed(message, reader));
  }

  #write(bytes: Buffer): void {
    const { socket } = this.#line;
    if (socket.readyState !== socket.OPEN) return;
    this.#turn.hold(this);
    socket.send(bytes, { binary: false });
  }
}

export function toBytes(message: FeedMessage): Buffer {
  return Buffer.from(JSON.stringify(message));
}
