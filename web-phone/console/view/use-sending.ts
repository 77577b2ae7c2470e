import { useSignal } from '@preact/signals';
import type { Answer } from '../../../protocol/http/ask.ts';
import type { Problem } from '../../../protocol/http/problem.ts';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';

/** What a form asks of the server: one request at a time, and what was refused. */
export interface Sending {
  /** Why the last one was refused. */
  readonly problem: Problem | undefined;
  /** One is on its way. */
  readonly waiting: boolean;
  /** What the server finds wrong with this field. */
  readonly wrongIn: (field: string) => string | undefined;
  /** Asks, unless it is asking already; `done` is told what came of it where it was not refused. */
  readonly send: <T>(
    ask: () => Promise<Answer<T>>,
    done: (value: T) => void | Promise<void>,
  ) => Promise<void>;
}

export function useSending(): Sending {
  const refused = useSignal<Problem | undefined>(undefined);
  const busy = useSignal(false);
  const problem = refused.value;
  return {
    problem,
    waiting: busy.value,
    wrongIn: (field) =>
      problem?.field === field ? problemWords(problem, words('shared').problems) : undefined,
    send: async (ask, done) => {
      if (busy.peek()) return;
      busy.value = true;
      const answer = await ask();
      busy.value = false;
      refused.value = answer.ok ? undefined : answer.problem;
      if (answer.ok) await done(answer.value);
    },
  };
}
