import type { WebSocket } from 'ws';
import type { FeedMessage } from '../../protocol/room/feed.ts';
import { KEPT } from './numbered.ts';
import { eventForPerson, snapshotForPerson } from './redact.ts';

/** A reader that lets so much pile up is not reading. */
export const MOST_UNSENT_BYTES = 1024 * 1024;

/** One reader of one feed. Until it has its snapshot, what comes after waits. */
export class Viewer {
  readonly #socket: WebSocket;
  /** Set where the reader is a participant, whose view is narrower. */
  readonly #personId: string | undefined;
  #waiting: FeedMessage[] | undefined = [];

  constructor(socket: WebSocket, personId: string | undefined) {
    this.#socket = socket;
    this.#personId = personId;
  }

  /** Sends the beginning, then what came meanwhile. */
  begin(first: readonly FeedMessage[]): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const message of [...first, ...waiting]) this.#send(message);
  }

  /** `text` is the message as everybody may read it, made once for all readers. */
  hear(message: FeedMessage, text: () => string): void {
    if (!this.#waiting) {
      if (this.#personId === undefined) this.#write(text());
      else this.#send(message);
      return;
    }
    this.#waiting.push(message);
    if (this.#waiting.length > KEPT) this.#socket.terminate();
  }

  #send(message: FeedMessage): void {
    const own = this.#personId;
    this.#write(JSON.stringify(own === undefined ? message : narrowed(message, own)));
  }

  #write(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(text);
    if (this.#socket.bufferedAmount > MOST_UNSENT_BYTES) this.#socket.terminate();
  }
}

function narrowed(message: FeedMessage, personId: string): FeedMessage {
  if (message.kind === 'event')
    return { ...message, event: eventForPerson(message.event, personId) };
  if (message.kind !== 'snapshot') return message;
  const rooms = message.rooms.map((room) => snapshotForPerson(room, personId));
  return { ...message, rooms, meetings: [] };
}
