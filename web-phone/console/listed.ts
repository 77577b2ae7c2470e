import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Problem } from '../../protocol/http/problem.ts';
import { request, requestAll } from '../feed/request.ts';
import type { Answer, HttpRequest } from '../../protocol/http/ask.ts';

const LOOK_MS = 4_000;

/** A list that no feed tells of: looked at while it is on the screen, and after each act of ours. */
export class Listed<T> {
  readonly #path: string;
  readonly #search: string;
  readonly #list = signal<readonly T[] | undefined>(undefined);
  readonly #problem = signal<Problem | undefined>(undefined);

  /** `path` is below `/api/v1`; `search` narrows the list: `?name=value`. */
  constructor(path: string, search = '') {
    this.#path = path;
    this.#search = search;
  }

  /** `undefined` until the server has answered once. */
  get list(): ReadonlySignal<readonly T[] | undefined> {
    return this.#list;
  }
  get problem(): ReadonlySignal<Problem | undefined> {
    return this.#problem;
  }

  /** Looks now and then until the returned function is called. */
  watch(): () => void {
    void this.look();
    const timer = setInterval(() => void this.look(), LOOK_MS);
    return () => clearInterval(timer);
  }

  async look(): Promise<void> {
    const answer = await requestAll<T>(this.#path + this.#search);
    this.#problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) this.#list.value = answer.value;
  }

  /** Nothing was ever seen. */
  forget(): void {
    this.#list.value = undefined;
    this.#problem.value = undefined;
  }

  create(body: object): Promise<Answer<T>> {
    return this.#act<T>({ method: 'POST', path: this.#path, body });
  }

  change(id: string, body: object): Promise<Answer<T>> {
    return this.#act<T>({ method: 'PATCH', path: this.#of(id), body });
  }

  remove(id: string): Promise<Answer<unknown>> {
    return this.#act<unknown>({ method: 'DELETE', path: this.#of(id) });
  }

  /** Has something done to one of them: `POST …/id/verb`. */
  act(id: string, verb: string, body: object = {}): Promise<Answer<T>> {
    return this.#act<T>({ method: 'POST', path: `${this.#of(id)}/${verb}`, body });
  }

  #of(id: string): string {
    return `${this.#path}/${encodeURIComponent(id)}`;
  }

  async #act<A>(asked: HttpRequest): Promise<Answer<A>> {
    const answer = await request<A>(asked);
    await this.look();
    return answer;
  }
}
