import type { Answer, Message, Question } from './core/message.ts';

/** So long an answer is waited for; FreeSWITCH itself may take two seconds. */
export const ANSWER_WITHIN_MS = 5_000;

export interface QuestionsOptions {
  readonly self: string;
  /** False where nothing can be said now. */
  readonly tell: (process: string, message: Message) => boolean;
  readonly answer: (question: Question) => Promise<Answer>;
  readonly id: () => string;
}

/** Questions to other processes and theirs to us. */
export class Questions {
  readonly #options: QuestionsOptions;
  readonly #open = new Map<string, (answer: Answer | undefined) => void>();

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  /** Undefined where nobody answered in time, or nothing could be said: then it may have been done. */
  ask(process: string, question: Question, withinMs: number): Promise<Answer | undefined> {
    const { self, tell, id } = this.#options;
    const name = id();
    return new Promise((resolve) => {
      const finish = (answer: Answer | undefined): void => {
        clearTimeout(timer);
        this.#open.delete(name);
        resolve(answer);
      };
      const timer = setTimeout(finish, withinMs, undefined);
      this.#open.set(name, finish);
      if (!tell(process, { kind: 'question', from: self, id: name, question })) finish(undefined);
    });
  }

  async hear(message: Extract<Message, { kind: 'question' | 'answer' }>): Promise<void> {
    const { self, tell, answer } = this.#options;
    const { id, from } = message;
    if (message.kind === 'answer') this.#open.get(id)?.(message.answer);
    else tell(from, { kind: 'answer', from: self, id, answer: await answer(message.question) });
  }

  stop(): void {
    for (const finish of [...this.#open.values()]) finish(undefined);
  }
}
