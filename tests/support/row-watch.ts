import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { apply } from '../../protocol/room/apply.ts';
import { parseFeedMessage } from '../../protocol/room/feed.ts';
import type { Participant, Rooms } from '../../protocol/room/room.ts';
import { rowsOf } from '../../protocol/room/rows.ts';
import { fromSnapshots, restated } from '../../protocol/room/snapshot.ts';
import type { Product } from './product.ts';

const AGAIN_MS = 50;

/** Another screen that looks at one person's rows all the time, over restarts of the server too. */
export class RowWatch {
  readonly #name: string;
  readonly #url: string;
  readonly #key: string;
  #rooms: Rooms = new Map();
  #socket: WebSocket | undefined;
  #stopped = false;
  /** As many rows of theirs as there ever were at once. */
  most = 0;
  /** Each row of theirs, as it was told. */
  readonly told: Participant[] = [];

  constructor(product: Product, meeting: string, name: string) {
    this.#name = name;
    this.#url = `${product.url.replace('http', 'ws')}/api/v1/events?meeting=${meeting}`;
    this.#key = product.adminKey;
    this.#connect();
  }

  get rows(): readonly Participant[] {
    return [...this.#rooms.values()].flatMap(rowsOf).filter(({ name }) => name === this.#name);
  }

  close(): void {
    this.#stopped = true;
    this.#socket?.terminate();
  }

  #connect(): void {
    if (this.#stopped) return;
    const socket = new WebSocket(this.#url, ['partyline.v1', `bearer.${this.#key}`]);
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#hear(data.toString()));
    // A server that is away refuses: that is a close like any other.
    socket.on('error', () => undefined);
    socket.on('close', () => void wait(AGAIN_MS).then(() => this.#connect()));
  }

  #hear(text: string): void {
    const message = parseFeedMessage(text);
    if (message?.kind === 'snapshot') this.#rooms = fromSnapshots(message.rooms);
    if (message?.kind === 'room-restated') this.#rooms = restated(this.#rooms, message.room);
    if (message?.kind === 'event') this.#rooms = apply(this.#rooms, message.event);
    const rows = this.rows;
    this.most = Math.max(this.most, rows.length);
    this.told.push(...rows);
  }
}
