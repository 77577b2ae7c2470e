import { setTimeout as wait } from 'node:timers/promises';
import type { RedisClient } from '../store/redis.ts';
import type { LoggedEvent } from './event-log.ts';
import { eventsOf, numberOf } from './redis-entry.ts';
import type { Fields } from './redis-entry.ts';

/** Shorter than a connection may be silent: then nothing came, and it is asked again. */
const BLOCK_MS = 1_000;
const AT_ONCE = 500;
const AGAIN_MS = 100;

interface Entry {
  readonly id: string;
  readonly message: Fields;
}

export interface Following {
  readonly stream: string;
  /** Begins behind that number. */
  readonly after: number;
  /** Asks over that connection for the last number that was given. */
  readonly lastNow: (client: RedisClient) => Promise<number>;
  readonly tell: (events: readonly LoggedEvent[]) => void;
}

/**
 * Reads the stream of everything as it grows, on a connection of its own. After a lost connection it
 * goes on where it was, so nothing is missed.
 */
export class RedisFollower {
  readonly #client: RedisClient;
  readonly #following: Following;
  readonly #waiting = new Set<() => void>();
  #last: number;
  #ended = false;

  constructor(client: RedisClient, following: Following) {
    this.#client = client;
    this.#following = following;
    this.#last = following.after;
    void this.#follow();
  }

  /** Resolves once all up to that number was told, or nothing more will be. */
  async reached(seq: number): Promise<void> {
    while (this.#last < seq && !this.#ended)
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  stop(): void {
    this.#ended = true;
    this.#wake();
    // It waits in a read that need not be answered.
    this.#client.destroy();
  }

  async #follow(): Promise<void> {
    let wasLost = false;
    while (!this.#ended)
      try {
        if (wasLost) await this.#beginAnewIfEmptied();
        wasLost = false;
        await this.#readOnce();
      } catch {
        // The connection comes back by itself, and the store tells that it is away.
        wasLost = true;
        await wait(AGAIN_MS);
      }
  }

  /** A Redis that came back without what it had counts from 1 again. */
  async #beginAnewIfEmptied(): Promise<void> {
    if ((await this.#following.lastNow(this.#client)) < this.#last) this.#last = 0;
  }

  async #readOnce(): Promise<void> {
    const { stream, tell } = this.#following;
    const read = (await this.#client.xRead(
      { key: stream, id: `${this.#last}-0` },
      { BLOCK: BLOCK_MS, COUNT: AT_ONCE },
    )) as readonly { readonly messages: readonly Entry[] }[] | null;
    if (this.#ended) return;
    for (const { id, message } of read?.[0]?.messages ?? []) {
      this.#last = numberOf(id);
      tell(eventsOf(id, message));
    }
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
