import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { SessionView } from '../../protocol/http/views.ts';
import { request } from '../feed/request.ts';

export type SessionState =
  | { readonly kind: 'asking' }
  /** `detail` says why the last attempt failed. */
  | { readonly kind: 'out'; readonly detail?: string }
  | { readonly kind: 'in' };

/** Whether this browser may see the console: a cookie that the page itself cannot read. */
export class Session {
  readonly #state = signal<SessionState>({ kind: 'asking' });

  constructor() {
    void this.check();
  }

  get state(): ReadonlySignal<SessionState> {
    return this.#state;
  }

  /** Asks again; a server that does not answer changes nothing for one who is in. */
  async check(): Promise<void> {
    const answer = await request<SessionView>({ method: 'GET', path: '/session' });
    if (answer.ok && answer.value.signedIn) this.#enter();
    else if (answer.ok) this.#state.value = { kind: 'out' };
    else if (this.#state.peek().kind !== 'in')
      this.#state.value = { kind: 'out', detail: answer.problem.detail };
  }

  /** One who is in stays in: whoever watches should notice nothing. */
  #enter(): void {
    if (this.#state.peek().kind !== 'in') this.#state.value = { kind: 'in' };
  }

  async signIn(key: string): Promise<void> {
    const answer = await request<unknown>({ method: 'POST', path: '/session', body: { key } });
    this.#state.value = answer.ok ? { kind: 'in' } : { kind: 'out', detail: answer.problem.detail };
  }

  async signOut(): Promise<void> {
    await request<unknown>({ method: 'DELETE', path: '/session' });
    this.#state.value = { kind: 'out' };
  }
}
