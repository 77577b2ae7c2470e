import { signal } from '@preact/signals';
import type { Problem } from '../../protocol/http/problem.ts';
import type { Answer } from '../../protocol/http/ask.ts';
import type { Notices } from '../style/notices.tsx';

/** One thing that is to be deleted or ended. */
export interface Leave {
  readonly id: string;
  /** What is told beside the way back. */
  readonly text: string;
  /** So long it can be had back; absent: as long as any notice stands. */
  readonly graceMs?: number;
  /** `boolean`: it tells by itself what the server refused. */
  readonly remove: () => Promise<Answer<unknown> | boolean>;
}

/**
 * What is deleted but can still be had back: out of sight at once, and sent once its notice is gone
 * or the page is left.
 */
export class Leaving {
  readonly #gone = signal<ReadonlyMap<string, Leave>>(new Map());
  readonly #sent = new Set<string>();
  readonly #notices: Notices;
  readonly #tell: (problem: Problem) => void;

  constructor(notices: Notices, tell: (problem: Problem) => void) {
    this.#notices = notices;
    this.#tell = tell;
    window.addEventListener('pagehide', () => void this.flush());
  }

  /** Whether it is not to be shown. Read while drawing. */
  has(id: string): boolean {
    return this.#gone.value.has(id);
  }

  take(leave: Leave): void {
    this.#gone.value = new Map(this.#gone.value).set(leave.id, leave);
    this.#notices.done(leave.text, () => this.#back(leave.id), {
      gone: () => void this.#send(leave),
      ...(leave.graceMs !== undefined && { forMs: leave.graceMs }),
    });
  }

  /** Sends what waits at once; resolves when all is answered. */
  async flush(): Promise<void> {
    await Promise.all([...this.#gone.peek().values()].map((leave) => this.#send(leave)));
  }

  async #send(leave: Leave): Promise<void> {
    if (this.#sent.has(leave.id) || !this.#gone.peek().has(leave.id)) return;
    this.#sent.add(leave.id);
    const answer = await leave.remove();
    this.#sent.delete(leave.id);
    this.#back(leave.id);
    if (typeof answer === 'object' && !answer.ok) this.#tell(answer.problem);
  }

  #back(id: string): void {
    const rest = new Map(this.#gone.value);
    rest.delete(id);
    this.#gone.value = rest;
  }
}
