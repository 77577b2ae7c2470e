import { effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { WaysIn } from '../../protocol/http/people.ts';
import type { Answer } from '../../protocol/http/ask.ts';
import type { Problem } from '../../protocol/http/problem.ts';
import type { SessionView } from '../../protocol/http/views.ts';
import { request, strangers } from '../feed/request.ts';
import type { Who } from './places.ts';

export type SessionState =
  | { readonly kind: 'asking' }
  /** `problem` says why the last attempt failed. */
  | { readonly kind: 'out'; readonly ways: WaysIn; readonly problem?: Problem }
  | ({ readonly kind: 'in' } & Rights)
  /** The session ended while somebody was at it: what they see stays until they are in again. */
  | ({ readonly kind: 'again'; readonly ways: WaysIn; readonly problem?: Problem } & Rights);

interface Rights {
  readonly who: Who;
  readonly offers: Offers;
}

/** What the house allows. */
export type Offers = Extract<SessionView, { signedIn: true }>['offers'];

const NO_WAYS: WaysIn = { setup: false };

/** Whether this browser may see the console: a cookie that the page itself cannot read. */
export class Session {
  readonly #state = signal<SessionState>({ kind: 'asking' });
  /** Who signs out does so in every window of this browser. */
  readonly #tabs = new BroadcastChannel('partyline.signed-out');

  constructor() {
    void this.check();
    effect(() => {
      // Whoever is refused while they are in may have been signed out.
      if (strangers.value > 0 && this.#state.peek().kind === 'in') void this.check();
    });
    this.#tabs.addEventListener('message', () => this.#leave());
  }

  get state(): ReadonlySignal<SessionState> {
    return this.#state;
  }
  get offers(): Offers {
    const state = this.#state.value;
    return 'offers' in state ? state.offers : { recording: false, callsToNumbers: false };
  }
  /** Who is in; nobody's rights where nobody is. */
  get who(): Who {
    const state = this.#state.value;
    return 'who' in state ? state.who : { role: 'participant' };
  }

  /** Asks again; a server that does not answer changes nothing for one who is in. */
  async check(): Promise<void> {
    const answer = await request<SessionView>({ method: 'GET', path: '/session' });
    if (answer.ok) this.#look(answer.value);
    else if (!('who' in this.#state.peek())) this.#refused(answer.problem);
  }

  signIn(body: object): Promise<void> {
    return this.#send('/session', body);
  }

  /** Makes the first owner. */
  setUp(body: object): Promise<void> {
    return this.#send('/setup', body);
  }

  /** A new session begins in this one's place. */
  async changePassword(body: object): Promise<Answer<SessionView>> {
    return request<SessionView>({ method: 'POST', path: '/me/password', body });
  }

  async signOut(): Promise<void> {
    if (this.#state.peek().kind === 'in')
      await request<unknown>({ method: 'DELETE', path: '/session' });
    this.#tabs.postMessage('');
    this.#leave();
  }

  #leave(): void {
    this.#state.value = { kind: 'out', ways: NO_WAYS };
    void this.check();
  }

  async #send(path: string, body: object): Promise<void> {
    const answer = await request<SessionView>({ method: 'POST', path, body });
    if (answer.ok && answer.value.signedIn) this.#enter(answer.value);
    else if (!answer.ok) this.#refused(answer.problem);
  }

  #look(view: SessionView): void {
    const before = this.#state.peek();
    if (view.signedIn) this.#enter(view);
    else if (before.kind === 'in')
      this.#state.value = { ...before, kind: 'again', ways: view.ways };
    else if (before.kind !== 'again') this.#state.value = { kind: 'out', ways: view.ways };
  }

  #refused(problem: Problem): void {
    const before = this.#state.peek();
    if (before.kind === 'again') this.#state.value = { ...before, problem };
    else
      this.#state.value = { kind: 'out', ways: 'ways' in before ? before.ways : NO_WAYS, problem };
  }

  /** One who is in stays in, as long as they are the same: whoever watches should notice nothing. */
  #enter(view: Extract<SessionView, { signedIn: true }>): void {
    const { role, personId, name, offers } = view;
    const before = this.#state.peek();
    if (before.kind === 'in' && before.who.role === role && before.who.personId === personId)
      return;
    const who = { role, ...(personId !== undefined && { personId }), ...(name && { name }) };
    this.#state.value = { kind: 'in', who, offers };
  }
}
