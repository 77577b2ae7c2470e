import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseNetwork } from '../../api/outward/addresses.ts';
import type { Network } from '../../api/outward/addresses.ts';
import { internetAnd } from '../../api/outward/reach.ts';
import { sender as outwardSender } from '../../api/outward/send.ts';
import { Post } from '../../api/webhooks/post.ts';
import { Sender } from '../../api/webhooks/sender.ts';
import type { After } from '../../meetings/basics.ts';
import type { EventLog } from '../../meetings/events/event-log.ts';
import type { Standing } from '../../meetings/rules/webhooks/standing.ts';
import type { Store } from '../../meetings/store/store.ts';
import { openWebhooks } from '../../meetings/webhooks/open.ts';
import type { WebhookParts } from '../../meetings/webhooks/open.ts';
import type { Webhook } from '../../meetings/webhooks/registry.ts';
import type { Note } from '../../protocol/room/feed.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import { arrival, somebody } from './scripted-rooms.ts';
import { seeded } from './meetings.ts';

/** This machine, as the settings may allow it. */
export const HERE: readonly Network[] = [parseNetwork('127.0.0.1') as Network];

export interface Received {
  readonly id: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly events: readonly {
    readonly number: number;
    readonly type: string;
    readonly data: object;
  }[];
}

/** Somebody's server that takes webhooks. What it answers is the test's to say. */
export class Receiver {
  readonly received: Received[] = [];
  /** The status for each request; a promise makes it slow. */
  answer: (request: Received) => number | Promise<number> = () => 204;
  readonly #server = createServer((request, response) => void this.#take(request, response));
  #wake: () => void = () => undefined;

  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  /** The numbers of all events that it took, in the order in which they came. */
  get numbers(): readonly number[] {
    return this.received.flatMap(({ events }) => events.map(({ number }) => number));
  }

  async until(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { events } = JSON.parse(text) as Pick<Received, 'events'>;
    const id = String(request.headers['webhook-id']);
    const taken = { id, headers: request.headers, text, events };
    const status = await this.answer(taken);
    if (status < 300) this.received.push(taken);
    response.writeHead(status).end();
    this.#wake();
  }
}

/** What sends, over a store and a log of the test's. */
export function openSender(given: {
  readonly store: Store;
  readonly events: EventLog;
  readonly now: () => number;
  readonly after: After;
  readonly holder: string;
  readonly onPaused?: (hook: Webhook, standing: Standing) => void;
}): { readonly parts: WebhookParts; readonly post: Post; readonly sender: Sender } {
  const { store, events, now, after, holder, onPaused = () => undefined } = given;
  const log = () => undefined;
  const keys = { tokens: 'k', codes: 'k' };
  const random = seeded(Number(`0x${Buffer.from(holder).toString('hex').slice(-6)}`));
  const basics = {
    store,
    now,
    random,
    keys,
    log,
    after,
    language: 'en',
    numbers: 'masked',
  } as const;
  const parts = openWebhooks(basics);
  const send = outwardSender({ reach: internetAnd(HERE), timeoutMs: 5_000 });
  const post = new Post({ parts, send, now, random: () => Uint8Array.of(0), log, onPaused });
  const rooms = () => new Map<never, never>();
  return {
    parts,
    post,
    sender: new Sender({ parts, events, rooms, post, holder, now, after, log }),
  };
}

/** The n-th person comes into the room. */
export function comes(room: RoomId, n: number): Note {
  return { kind: 'event', event: arrival(room, somebody(n)) };
}
