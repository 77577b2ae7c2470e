import type { Answer, Message, Question } from './core/message.ts';

/** So long an answer is waited for; FreeSWITCH itself may take two seconds. */
export const ANSWER_WITHIN_MS = 5_000;

export interface QuestionsOptions {
  readonly self: string;
  /** False where it cannot be said, or nobody is there to hear it. */
  readonly tell: (process: string, message: Message) => Promise<boolean>;
  readonly answer: (question: Question) => Promise<Answer>;
  readonly id: () => string;
}

const SILENCE = { kind: 'silence' } as const;

interface Asked {
  readonly process: string;
  readonly finish: (answer: Answer | { readonly kind: 'unheard' | 'silence' }) => void;
}

/** Questions to other processes and theirs to us. */
export class Questions {
  readonly #options: QuestionsOptions;
  readonly #open = new Map<string, Asked>();

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  /** `unheard`: surely nothing was done. `silence`: no answer in time; it may have been done. */
  ask(
    process: string,
    question: Question,
    withinMs: number,
  ): Promise<Answer | { readonly kind: 'unheard' | 'silence' }> {
    const { self, tell, id } = this.#options;
    const name = id();
    return new Promise((resolve) => {
      const finish: Asked['finish'] = (answer) => {
        clearTimeout(timer);
        this.#open.delete(name);
        resolve(answer);
      };
      const timer = setTimeout(finish, withinMs, SILENCE);
      this.#open.set(name, { process, finish });
      void tell(process, { kind: 'question', from: self, id: name, question }).then((heard) => {
        if (!heard) finish({ kind: 'unheard' });
      });
    });
  }

  /** A process lives no more: it answers nothing. */
  gone(process: string): void {
    for (const asked of [...this.#open.values()])
      if (asked.process === process) asked.finish(SILENCE);
  }

  async hear(message: Extract<Message, { kind: 'question' | 'answer' }>): Promise<void> {
    const { self, tell, answer } = this.#options;
    const { id, from } = message;
    if (message.kind === 'answer') this.#open.get(id)?.finish(message.answer);
    else
      await tell(from, { kind: 'answer', from: self, id, answer: await answer(message.question) });
  }

  stop(): void {
    for (const { finish } of [...this.#open.values()]) finish(SILENCE);
  }
}
