import type { Store } from '../../meetings/store/store.ts';
import type { Outward } from '../outward/send.ts';

/** A callback that is to be taken out. */
export interface Letter {
  readonly outward: Outward;
  /** When it was written. */
  readonly atMs: number;
  /** The hook it is for; absent: the end of a meeting is told where the meeting said. */
  readonly hook?: number;
}

/** Letters of one queue go in the order of their numbers. */
export interface KeptLetter extends Letter {
  readonly queue: string;
  readonly number: number;
}

const PREFIX = 'bbb:letter:';
/** Beyond any age at which one is still sent: what no life of ours took up goes by itself. */
const KEPT_MS = 7 * 86_400_000;

/** The callbacks that wait, over restarts of ours. Rejects where the store does. */
export class Letters {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** All, each queue in its order. */
  async list(): Promise<readonly KeptLetter[]> {
    return (await this.#store.list<KeptLetter>(PREFIX)).map(([, letter]) => letter);
  }

  /** By the store's clock: what a later life writes has greater numbers. */
  firstNumber(): Promise<number> {
    return this.#store.clock();
  }

  async keep(letter: KeptLetter): Promise<void> {
    await this.#store.put(place(letter), {
      value: letter,
      expiresAtMs: letter.atMs + KEPT_MS,
    });
  }

  async forget(letter: KeptLetter): Promise<void> {
    await this.#store.delete(place(letter));
  }
}

function place({ queue, number }: KeptLetter): string {
  return `${PREFIX}${queue}:${String(number).padStart(16, '0')}`;
}
