import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Answer } from '../../protocol/http/ask.ts';
import type { Problem } from '../../protocol/http/problem.ts';
import type { DeliveryView, NewWebhookView } from '../../protocol/http/webhooks.ts';
import { request } from '../feed/request.ts';

const NEWEST = 50;

/** What became of the newest messages to one webhook, and what can be done about it. */
export class Deliveries {
  readonly #path: string;
  readonly #list = signal<readonly DeliveryView[] | undefined>(undefined);
  readonly #problem = signal<Problem | undefined>(undefined);

  constructor(webhookId: string) {
    this.#path = `/webhooks/${encodeURIComponent(webhookId)}`;
  }

  /** The newest first; `undefined` until the server has answered once. */
  get list(): ReadonlySignal<readonly DeliveryView[] | undefined> {
    return this.#list;
  }

  get problem(): ReadonlySignal<Problem | undefined> {
    return this.#problem;
  }

  async look(): Promise<void> {
    const path = `${this.#path}/deliveries?limit=${NEWEST}`;
    const answer = await request<readonly DeliveryView[]>({ method: 'GET', path });
    this.#problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) this.#list.value = answer.value;
  }

  test(): Promise<Answer<DeliveryView>> {
    return this.#send('/test');
  }

  replay(id: string): Promise<Answer<DeliveryView>> {
    return this.#send(`/deliveries/${encodeURIComponent(id)}/replay`);
  }

  rotate(): Promise<Answer<NewWebhookView>> {
    return request<NewWebhookView>({ method: 'POST', path: `${this.#path}/rotate` });
  }

  async #send(path: string): Promise<Answer<DeliveryView>> {
    const answer = await request<DeliveryView>({ method: 'POST', path: this.#path + path });
    await this.look();
    return answer;
  }
}
