import { createHash } from 'node:crypto';
import type { After } from '../../meetings/basics.ts';
import type { Log } from '../../protocol/log.ts';
import { whyOf } from '../outward/send.ts';
import type { Outward, Send } from '../outward/send.ts';
import type { Errands } from './errands.ts';
import type { KeptLetter, Letter, Letters } from './letters.ts';

/** How long is waited before each further try, as bbb-webhooks does. */
const RETRY_MS: readonly number[] = [1_000, 2_000, 5_000, 10_000, 30_000];
const LONGEST_QUEUE = 1_000;
/** What is older when its turn comes is news to nobody. */
const OLDEST_MS = 86_400_000;
const FORM = 'application/x-www-form-urlencoded';

interface Waiting {
  readonly letter: KeptLetter;
  /** In this life. */
  readonly tries: number;
  /** Settles once the store has it, or failed to take it. */
  readonly kept: Promise<void>;
}

export interface CourierSettings {
  readonly letters: Letters;
  readonly send: Send;
  readonly errands: Errands;
  readonly now: () => number;
  readonly after: After;
  readonly log: Log;
  /** Told when the last try for a hook failed; what waited behind is dropped then. */
  readonly onGivenUp: (hook: number) => void;
}

/**
 * Takes callbacks out: for each address one after the other, tried again a few times. Each is kept
 * before it is sent and forgotten after, so that who comes after a `kill -9` goes on in order; one
 * that was on its way then comes twice. While the store is away they go all the same.
 */
export class Courier {
  readonly #settings: CourierSettings;
  readonly #queues = new Map<string, Waiting[]>();
  #nextNumber = 0;
  #isOut = false;

  constructor(settings: CourierSettings) {
    this.#settings = settings;
  }

  /** Goes on with what an earlier life left. Nothing is sent before. Rejects where the store does. */
  async start(): Promise<void> {
    const { letters } = this.#settings;
    const [left, first] = [await letters.list(), await letters.firstNumber()];
    this.#nextNumber = left.reduce((next, { number }) => Math.max(next, number + 1), first);
    this.#isOut = true;
    for (const letter of left) this.#queue({ letter, tries: 0, kept: Promise.resolve() });
  }

  /** Behind what waits in `queue` already: letters, digits and `-`. */
  take(queue: string, letter: Omit<Letter, 'atMs'>): void {
    const { letters, errands, log, now } = this.#settings;
    if (!this.#isOut) return;
    if ((this.#queues.get(queue)?.length ?? 0) >= LONGEST_QUEUE) {
      log('warn', 'a callback was dropped: too many wait', { to: queue });
      return;
    }
    const kept = { ...letter, queue, number: this.#nextNumber++, atMs: now() };
    const keeping = errands.run('keeping a callback', () => letters.keep(kept));
    this.#queue({ letter: kept, tries: 0, kept: keeping });
  }

  /** Nothing is sent any more; what waits is for the next life. */
  stop(): void {
    this.#isOut = false;
    this.#queues.clear();
  }

  #queue(waiting: Waiting): void {
    const { queue } = waiting.letter;
    const before = this.#queues.get(queue);
    if (before) {
      before.push(waiting);
      return;
    }
    const line = [waiting];
    this.#queues.set(queue, line);
    this.#next(line);
  }

  #next(line: Waiting[]): void {
    const [first] = line;
    if (first === undefined || !this.#isWaiting(line, first)) return;
    const { errands, log, now } = this.#settings;
    if (now() - first.letter.atMs > OLDEST_MS) {
      log('warn', 'a callback was dropped: it is older than a day', { to: first.letter.queue });
      this.#done(line, first);
      return;
    }
    void errands.run('a callback', async () => {
      await first.kept;
      if (!this.#isWaiting(line, first)) return;
      this.#tried(line, first, await this.#failure(first.letter));
    });
  }

  /** Not after a `stop`, even where a `start` came after. */
  #isWaiting(line: readonly Waiting[], { letter }: Waiting): boolean {
    return this.#queues.get(letter.queue) === line;
  }

  /** Why it was not taken, in a word. */
  async #failure({ outward }: KeptLetter): Promise<string | undefined> {
    try {
      const { status } = await this.#settings.send(outward);
      return isTaken(status) ? undefined : `status ${status}`;
    } catch (error) {
      return whyOf(error);
    }
  }

  #tried(line: Waiting[], first: Waiting, why: string | undefined): void {
    if (why === undefined) return this.#done(line, first);
    if (!this.#isWaiting(line, first)) return;
    const waitMs = RETRY_MS[first.tries];
    if (waitMs === undefined) return this.#giveUp(line, first.letter, why);
    line[0] = { ...first, tries: first.tries + 1 };
    this.#settings.after(waitMs, () => this.#next(line));
  }

  /** Taken, or too old: it must not come again. The next one goes once the store knows. */
  #done(line: Waiting[], { letter }: Waiting): void {
    void this.#forget(letter).then(() => {
      line.shift();
      if (line.length > 0) this.#next(line);
      else if (this.#queues.get(letter.queue) === line) this.#queues.delete(letter.queue);
    });
  }

  #giveUp(line: readonly Waiting[], { queue, hook }: KeptLetter, why: string): void {
    const { log, onGivenUp } = this.#settings;
    log('warn', 'callbacks were given up', { to: queue, why, dropped: line.length });
    for (const { letter } of line) void this.#forget(letter);
    if (this.#queues.get(queue) === line) this.#queues.delete(queue);
    if (hook !== undefined) onGivenUp(hook);
  }

  /** Resolves where the store is away too: then it comes again in the next life. */
  #forget(letter: KeptLetter): Promise<void> {
    const { letters, errands } = this.#settings;
    return errands.run('forgetting a callback', () => letters.forget(letter));
  }
}

/** Signed as bbb-webhooks does: hash(address + form + secret), in the address. */
export function signed(callbackURL: string, form: string, secret: string): Outward {
  const checksum = createHash('sha1').update(`${callbackURL}${form}${secret}`).digest('hex');
  return {
    url: withParameter(callbackURL, `checksum=${checksum}`),
    body: { type: FORM, text: form },
  };
}

export function withParameter(url: string, parameter: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${parameter}`;
}

/** Who answers 401 had it, and did not want it: bbb-webhooks counts that as taken too. */
function isTaken(status: number): boolean {
  return (status >= 200 && status < 300) || status === 401;
}
