import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { AccountView, Problem } from '../../protocol/http/views.ts';
import { request } from '../feed/request.ts';
import type { Answer } from '../feed/request.ts';

const LOOK_MS = 4_000;

/** The desk phones' accounts; looked at again while they are on the screen, as no feed tells of them. */
export class Accounts {
  readonly #list = signal<readonly AccountView[] | undefined>(undefined);
  readonly #problem = signal<Problem | undefined>(undefined);

  /** `undefined` until the server has answered once. */
  get list(): ReadonlySignal<readonly AccountView[] | undefined> {
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
    const answer = await request<readonly AccountView[] | { items: readonly AccountView[] }>({
      method: 'GET',
      path: '/accounts',
    });
    this.#problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) this.#list.value = 'items' in answer.value ? answer.value.items : answer.value;
  }

  async create(username: string, name: string): Promise<Answer<AccountView>> {
    const body = { username, name };
    const answer = await request<AccountView>({ method: 'POST', path: '/accounts', body });
    await this.look();
    return answer;
  }

  async remove(username: string): Promise<Answer<unknown>> {
    const path = `/accounts/${encodeURIComponent(username)}`;
    const answer = await request<unknown>({ method: 'DELETE', path });
    await this.look();
    return answer;
  }
}
