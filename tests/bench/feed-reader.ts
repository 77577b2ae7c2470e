import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { RoomEvent } from '../../protocol/room/event.ts';
import { parseFeedMessage } from '../../protocol/room/feed.ts';
import type { Product } from '../support/product.ts';

/** A reader of a meeting's event feed, as another screen would be. */
export class FeedReader {
  readonly #socket: WebSocket;
  onEvent: ((event: RoomEvent) => void) | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const message = parseFeedMessage(data.toString());
      if (message?.kind === 'event') this.onEvent?.(message.event);
    });
  }

  static async open(product: Product, meeting: string): Promise<FeedReader> {
    const url = `${product.url.replace('http', 'ws')}/api/v1/events?meeting=${meeting}`;
    const socket = new WebSocket(url, ['partyline.v1', `bearer.${product.adminKey}`]);
    const reader = new FeedReader(socket);
    await once(socket, 'message');
    return reader;
  }

  /** Settles when so many people have been shown muted from now on. */
  muted(people: number): Promise<void> {
    const seen = new Set<string>();
    return new Promise((resolve) => {
      this.onEvent = (event) => {
        if (event.kind !== 'participant-updated' || !event.participant.muted) return;
        if (seen.add(event.participant.id).size === people) resolve();
      };
    });
  }

  close(): void {
    this.#socket.terminate();
  }
}
