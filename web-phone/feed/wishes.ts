import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { request } from './request.ts';
import { problemWords } from '../words/problem-words.ts';
import { words } from '../words/words.ts';
import { toHttp } from './to-http.ts';
import { giveUp, GIVE_UP_MS, isFulfilled, keyOf, settle } from './wish.ts';
import type { Facts, Waiting, Wish } from './wish.ts';

/** One sentence for the person whose wish did not come true. */
export type OnDisappointed = (wish: Wish, sentence: string) => void;

/** Carries wishes to the API and remembers them until the feed shows that they came true. */
export class Wishes {
  readonly #waiting = signal<readonly Waiting[]>([]);
  readonly #disappointed: OnDisappointed;
  #facts: Facts = { rooms: new Map(), meetings: new Map() };

  constructor(disappointed: OnDisappointed) {
    this.#disappointed = disappointed;
  }

  get waiting(): ReadonlySignal<readonly Waiting[]> {
    return this.#waiting;
  }

  /** Whether such a wish is on its way. */
  waits(wish: Wish): boolean {
    return this.#waiting.value.some((each) => keyOf(each.wish) === keyOf(wish));
  }

  /**
   * Sends a wish, unless the same one is on its way or the facts fulfil it already. Whether the
   * server took it; what comes of it the facts tell.
   */
  async wish(wish: Wish, bearer?: string): Promise<boolean> {
    const key = keyOf(wish);
    if (this.#isWaiting(key) || isFulfilled(wish, this.#facts)) return false;
    this.#waiting.value = [...this.#waiting.peek(), { wish, sinceMs: performance.now() }];
    setTimeout(() => this.#lookAtClock(), GIVE_UP_MS + 10);
    const answer = await request<unknown>(toHttp(wish), bearer);
    if (answer.ok || !this.#isWaiting(key)) return answer.ok;
    this.#waiting.value = this.#waiting.peek().filter((each) => keyOf(each.wish) !== key);
    this.#disappointed(wish, problemWords(answer.problem, words('shared').problems));
    return false;
  }

  look(facts: Facts): void {
    this.#facts = facts;
    this.#waiting.value = settle(this.#waiting.peek(), facts);
  }

  #isWaiting(key: string): boolean {
    return this.#waiting.peek().some((each) => keyOf(each.wish) === key);
  }

  #lookAtClock(): void {
    const { late, rest } = giveUp(this.#waiting.peek(), performance.now());
    if (late.length === 0) return;
    this.#waiting.value = rest;
    for (const { wish } of late) this.#disappointed(wish, words('shared').happenings.notConfirmed);
  }
}
