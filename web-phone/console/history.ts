import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { SessionDetail, SessionSummary } from '../../protocol/http/history.ts';
import type { Problem } from '../../protocol/http/problem.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import { request } from '../feed/request.ts';
import type { Answer } from '../../protocol/http/ask.ts';

const PAGE = 50;
/** The server gives no more at once; who wants to look further back narrows the search. */
const MOST = 1_000;

/** Sessions of meetings, as they are asked for, and the one that is looked at. */
export class History {
  readonly person = signal('');
  readonly #sessions = signal<readonly SessionSummary[] | undefined>(undefined);
  readonly #detail = signal<SessionDetail | undefined>(undefined);
  readonly #problem = signal<Problem | undefined>(undefined);
  readonly #limit = signal(PAGE);
  readonly #narrowed = signal(false);

  get detail(): ReadonlySignal<SessionDetail | undefined> {
    return this.#detail;
  }
  get problem(): ReadonlySignal<Problem | undefined> {
    return this.#problem;
  }

  /** As what waits for it needs it. */
  get asked() {
    return { list: this.#sessions, problem: this.#problem, look: () => this.look() };
  }

  /** What is shown are the sessions of somebody. */
  get isNarrowed(): boolean {
    return this.#narrowed.value;
  }

  /** There may be older ones. */
  get hasMore(): boolean {
    return (this.#sessions.value?.length ?? 0) >= this.#limit.value && this.#limit.value < MOST;
  }

  more(): Promise<void> {
    this.#limit.value = Math.min(MOST, this.#limit.value * 2);
    return this.look();
  }

  async look(): Promise<void> {
    const filter = this.#filter();
    const search = new URLSearchParams({ limit: String(this.#limit.value), ...filter });
    const path = `/history?${search.toString()}`;
    const answer = await request<readonly SessionSummary[]>({ method: 'GET', path });
    this.#problem.value = answer.ok ? undefined : answer.problem;
    if (!answer.ok) return;
    this.#narrowed.value = filter.person !== undefined;
    this.#sessions.value = answer.value;
  }

  async open(meeting: RoomId, id: string): Promise<void> {
    if (this.#detail.value?.id !== id) this.#detail.value = undefined;
    const path = sessionPath(meeting, id);
    const answer = await request<SessionDetail>({ method: 'GET', path });
    this.#problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) this.#detail.value = answer.value;
  }

  remove({ meeting, id }: SessionSummary): Promise<Answer<unknown>> {
    return request<unknown>({ method: 'DELETE', path: sessionPath(meeting, id) });
  }

  /** Where the sessions that are shown come as a file. */
  exportAddress(format: 'csv' | 'json'): string {
    const search = new URLSearchParams({ ...this.#filter(), ...fileOf(format) });
    return `/api/v1/history/export?${search.toString()}`;
  }

  #filter(): { readonly person?: string } {
    const person = this.person.value.trim();
    return person === '' ? {} : { person };
  }
}

/** Where one session comes as a file. */
export function sessionFile({ meeting, id }: SessionSummary, format: 'csv' | 'json'): string {
  const search = new URLSearchParams(fileOf(format));
  return `/api/v1${sessionPath(meeting, id)}/export?${search.toString()}`;
}

function sessionPath(meeting: RoomId, id: string): string {
  return `/meetings/${meeting}/history/${encodeURIComponent(id)}`;
}

function fileOf(format: 'csv' | 'json'): Readonly<Record<string, string>> {
  return format === 'csv' ? { format, bom: 'true' } : { format };
}
