import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { AuditEntryView, ChainView } from '../../protocol/http/audit.ts';
import { nextPage } from '../../protocol/http/ask.ts';
import type { Problem } from '../../protocol/http/problem.ts';
import { request } from '../feed/request.ts';
import type { audit } from '../words/en/audit.ts';

export interface AuditFilter {
  readonly who: string;
  readonly act: string;
  readonly outcome: '' | 'done' | 'refused' | 'failed';
}

const NEWEST = 100;
const ALL: AuditFilter = { who: '', act: '', outcome: '' };

/** `refused 401` in the page's words: how it came out, and the status of the answer (`api/audit/record.ts`). */
export function cameOutWords(outcome: string, say: typeof audit.cameOut): string {
  const known: Readonly<Record<string, string>> = say;
  const [how = '', ...status] = outcome.split(' ');
  return [known[how] ?? how, ...status].join(' ');
}

/** The newest of the audit log that fit, older ones page by page, and whether its chain is whole. */
export class Audit {
  readonly filter = signal<AuditFilter>(ALL);
  readonly #list = signal<readonly AuditEntryView[] | undefined>(undefined);
  readonly #problem = signal<Problem | undefined>(undefined);
  readonly #next = signal<string | undefined>(undefined);
  #asked = 0;

  get list(): ReadonlySignal<readonly AuditEntryView[] | undefined> {
    return this.#list;
  }
  get problem(): ReadonlySignal<Problem | undefined> {
    return this.#problem;
  }

  /** What was typed last counts, whichever answer comes last. */
  async look(): Promise<void> {
    await this.#ask(`/audit?limit=${NEWEST}${this.#query()}`, []);
  }

  /** There may be older ones. */
  get hasMore(): boolean {
    return this.#next.value !== undefined;
  }

  async more(): Promise<void> {
    const next = this.#next.peek();
    if (next !== undefined) await this.#ask(next, this.#list.peek() ?? []);
  }

  async #ask(path: string, before: readonly AuditEntryView[]): Promise<void> {
    const asked = ++this.#asked;
    const answer = await request<readonly AuditEntryView[]>({ method: 'GET', path });
    if (asked !== this.#asked) return;
    this.#problem.value = answer.ok ? undefined : answer.problem;
    if (!answer.ok) return;
    this.#next.value = nextPage(answer.headers);
    this.#list.value = [...before, ...answer.value];
  }

  narrow(change: Partial<AuditFilter>): void {
    this.filter.value = { ...this.filter.value, ...change };
    void this.look();
  }

  verify() {
    return request<ChainView>({ method: 'GET', path: '/audit/verify' });
  }

  /** Where the browser gets what fits as a file. */
  exportOf(format: 'csv' | 'jsonl'): string {
    return `/api/v1/audit/export?format=${format}${this.#query()}`;
  }

  #query(): string {
    const chosen = Object.entries<string>({ ...this.filter.value }).filter(
      ([, value]) => value !== '',
    );
    return chosen.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join('');
  }
}
