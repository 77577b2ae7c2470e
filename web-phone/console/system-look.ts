import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Answer } from '../../protocol/http/ask.ts';
import type { NodeView } from '../../protocol/http/nodes.ts';
import type { Problem } from '../../protocol/http/problem.ts';
import type { SystemView } from '../../protocol/http/system.ts';
import { request } from '../feed/request.ts';

const LOOK_MS = 5_000;

/** How the system is, asked every five seconds while somebody sees the page. */
export class SystemLook {
  readonly #view = signal<SystemView | undefined>(undefined);
  readonly #problem = signal<Problem | undefined>(undefined);

  /** As last told; `undefined` until the server has answered once. */
  get view(): ReadonlySignal<SystemView | undefined> {
    return this.#view;
  }
  get problem(): ReadonlySignal<Problem | undefined> {
    return this.#problem;
  }

  /** Until the returned function is called. A page out of sight asks nothing, and at once when it is seen again. */
  watch(): () => void {
    void this.look();
    const lookIfSeen = () => {
      if (document.visibilityState === 'visible') void this.look();
    };
    const timer = setInterval(lookIfSeen, LOOK_MS);
    document.addEventListener('visibilitychange', lookIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', lookIfSeen);
    };
  }

  async look(): Promise<void> {
    const answer = await request<SystemView>({ method: 'GET', path: '/system' });
    this.#problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) this.#view.value = answer.value;
  }

  /** No new rooms at a FreeSWITCH; with `move` those that are there go on at others. */
  async drain(id: string, move: boolean): Promise<Answer<NodeView>> {
    return this.#act(id, 'drain', { move });
  }

  async undrain(id: string): Promise<Answer<NodeView>> {
    return this.#act(id, 'undrain', undefined);
  }

  async #act(id: string, verb: string, body: object | undefined): Promise<Answer<NodeView>> {
    const path = `/nodes/${encodeURIComponent(id)}/${verb}`;
    const answer = await request<NodeView>({ method: 'POST', path, ...(body && { body }) });
    await this.look();
    return answer;
  }
}
