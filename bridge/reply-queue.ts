import type { Reply } from './esl.ts';

/** The two kinds of frames that answer a command. */
export type ReplyType = 'command/reply' | 'api/response';

interface Waiting {
  readonly type: ReplyType;
  readonly settle: (reply: Reply) => void;
  readonly deadline: NodeJS.Timeout;
}

/**
 * Matches answers to commands in order, since FreeSWITCH numbers neither. A command whose
 * deadline passed keeps its place, so that its late answer is not handed to the next one.
 */
export class ReplyQueue {
  readonly #waiting: Waiting[] = [];
  #closed = false;

  expect(type: ReplyType, deadlineMs: number): Promise<Reply> {
    if (this.#closed) return Promise.resolve({ kind: 'unanswered', why: 'closed' });
    return new Promise((settle) => {
      const deadline = setTimeout(() => {
        settle({ kind: 'unanswered', why: 'deadline' });
      }, deadlineMs);
      this.#waiting.push({ type, settle, deadline });
    });
  }

  /** False where nobody asked for such an answer: then the order is lost and the link with it. */
  answer(type: ReplyType, text: string): boolean {
    const first = this.#waiting.shift();
    if (first === undefined) return false;
    clearTimeout(first.deadline);
    first.settle(
      first.type === type ? { kind: 'answered', text } : { kind: 'unanswered', why: 'closed' },
    );
    return first.type === type;
  }

  close(): void {
    this.#closed = true;
    for (const { settle, deadline } of this.#waiting.splice(0)) {
      clearTimeout(deadline);
      settle({ kind: 'unanswered', why: 'closed' });
    }
  }
}
