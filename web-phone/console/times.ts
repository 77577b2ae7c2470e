import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Answer } from '../../protocol/http/ask.ts';
import type { Problem } from '../../protocol/http/problem.ts';
import type { MeetingView, OccurrenceView } from '../../protocol/http/views.ts';
import { request } from '../feed/request.ts';

/** So many are shown: more than a month of a weekly series. */
const SHOWN = 6;

/** When a series takes place next, as the server reckons it. */
export class Times {
  readonly #path: string;
  readonly #list = signal<readonly OccurrenceView[] | undefined>(undefined);
  readonly #problem = signal<Problem | undefined>(undefined);

  /** `path` is that of the meeting's times, below `/api/v1`. */
  constructor(path: string) {
    this.#path = path;
  }

  get list(): ReadonlySignal<readonly OccurrenceView[] | undefined> {
    return this.#list;
  }
  get problem(): ReadonlySignal<Problem | undefined> {
    return this.#problem;
  }

  async look(): Promise<void> {
    const path = `${this.#path}?limit=${SHOWN}`;
    const answer = await request<readonly OccurrenceView[]>({ method: 'GET', path });
    this.#problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) this.#list.value = answer.value;
  }

  /** Leaves the time out that the rule has at `at`, or brings it back. */
  async skip(at: string, skipped: boolean): Promise<Answer<MeetingView>> {
    const path = `${this.#path}/${encodeURIComponent(at)}`;
    const answer = await request<MeetingView>({ method: 'PATCH', path, body: { skipped } });
    await this.look();
    return answer;
  }
}
