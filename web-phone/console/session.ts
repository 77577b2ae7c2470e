import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { SessionView } from '../../protocol/http/views.ts';
import { request } from '../feed/request.ts';

export type SessionState =
  | { readonly kind: 'asking' }
  /** `detail` says why the last attempt failed. */
  | { readonly kind: 'out'; readonly detail?: string }
  | { readonly kind: 'in'; readonly offers: Offers };

/** What the house allows. */
export type Offers = Extract<SessionView, { signedIn: true }>['offers'];

/** Whether this browser may see the console: a cookie that the page itself cannot read. */
export class Session {
  readonly #state = signal<SessionState>({ kind: 'asking' });

  constructor() {
    void this.check();
  }

  get state(): ReadonlySignal<SessionState> {
    return this.#state;
  }
  get offers(): Offers {
    const state = this.#state.value;
    return state.kind === 'in' ? state.offers : { recording: false, callsToNumbers: false };
  }

  /** Asks again; a server that does not answer changes nothing for one who is in. */
  async check(): Promise<void> {
    const answer = await request<SessionView>({ method: 'GET', path: '/session' });
    if (answer.ok && answer.value.signedIn) this.#enter(answer.value.offers);
    else if (answer.ok) this.#state.value = { kind: 'out' };
    else if (this.#state.peek().kind !== 'in')
      this.#state.value = { kind: 'out', detail: answer.problem.detail };
  }

  /** One who is in stays in: whoever watches should notice nothing. */
  #enter(offers: Offers): void {
    if (this.#state.peek().kind !== 'in') this.#state.value = { kind: 'in', offers };
  }

  async signIn(key: string): Promise<void> {
    const answer = await request<SessionView>({ method: 'POST', path: '/session', body: { key } });
    if (answer.ok && answer.value.signedIn) this.#enter(answer.value.offers);
    else if (!answer.ok) this.#state.value = { kind: 'out', detail: answer.problem.detail };
  }

  async signOut(): Promise<void> {
    await request<unknown>({ method: 'DELETE', path: '/session' });
    this.#state.value = { kind: 'out' };
  }
}
