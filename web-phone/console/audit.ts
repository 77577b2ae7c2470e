import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { AuditEntryView, ChainView } from '../../protocol/http/audit.ts';
import type { Problem } from '../../protocol/http/problem.ts';
import { request } from '../feed/request.ts';

export interface AuditFilter {
  readonly who: string;
  readonly act: string;
  readonly outcome: '' | 'done' | 'refused' | 'failed';
}

const NEWEST = 100;
const ALL: AuditFilter = { who: '', act: '', outcome: '' };

/** The newest of the audit log that fit, and whether its chain is whole. */
export class Audit {
  readonly filter = signal<AuditFilter>(ALL);
  readonly #list = signal<readonly AuditEntryView[] | undefined>(undefined);
  readonly #problem = signal<Problem | undefined>(undefined);
  #asked = 0;

  get list(): ReadonlySignal<readonly AuditEntryView[] | undefined> {
    return this.#list;
  }
  get problem(): ReadonlySignal<Problem | undefined> {
    return this.#problem;
  }

  /** What was typed last counts, whichever answer comes last. */
  async look(): Promise<void> {
    const asked = ++this.#asked;
    const path = `/audit?limit=${NEWEST}${this.#query()}`;
    const answer = await request<readonly AuditEntryView[]>({ method: 'GET', path });
    if (asked !== this.#asked) return;
    this.#problem.value = answer.ok ? undefined : answer.problem;
    if (answer.ok) this.#list.value = answer.value;
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
