import { createHash } from 'node:crypto';
import type { After } from '../../meetings/basics.ts';
import type { Log } from '../../protocol/log.ts';
import { whyOf } from '../outward/send.ts';
import type { Outward, Send } from '../outward/send.ts';

/** How long is waited before each further try, as bbb-webhooks does. */
const RETRY_MS: readonly number[] = [1_000, 2_000, 5_000, 10_000, 30_000];
const LONGEST_QUEUE = 1_000;
const FORM = 'application/x-www-form-urlencoded';

interface Letter {
  readonly outward: Outward;
  readonly tries: number;
}

/** Takes callbacks out: for each address one after the other, tried again a few times. */
export class Courier {
  readonly #send: Send;
  readonly #after: After;
  readonly #log: Log;
  readonly #queues = new Map<string, Letter[]>();
  #stopped = false;

  constructor(given: { readonly send: Send; readonly after: After; readonly log: Log }) {
    this.#send = given.send;
    this.#after = given.after;
    this.#log = given.log;
  }

  /**
   * Behind what waits under `name` already. `onGivenUp` is told when the last try failed; what waited
   * behind is dropped then.
   */
  take(name: string, outward: Outward, onGivenUp: () => void = () => undefined): void {
    const queue = this.#queues.get(name);
    if (queue === undefined) {
      this.#queues.set(name, [{ outward, tries: 0 }]);
      this.#next(name, onGivenUp);
    } else if (queue.length < LONGEST_QUEUE) queue.push({ outward, tries: 0 });
    else this.#log('warn', 'a callback was dropped: too many wait', { to: name });
  }

  /** Nothing is sent any more. */
  stop(): void {
    this.#stopped = true;
    this.#queues.clear();
  }

  #next(name: string, onGivenUp: () => void): void {
    const letter = this.#queues.get(name)?.[0];
    if (letter === undefined || this.#stopped) {
      this.#queues.delete(name);
      return;
    }
    this.#send(letter.outward).then(
      ({ status }) => this.#sent(name, isTaken(status) ? undefined : `status ${status}`, onGivenUp),
      (error: unknown) => this.#sent(name, whyOf(error), onGivenUp),
    );
  }

  #sent(name: string, why: string | undefined, onGivenUp: () => void): void {
    const queue = this.#queues.get(name);
    const [letter] = queue ?? [];
    if (queue === undefined || letter === undefined) return;
    if (why === undefined) {
      queue.shift();
      this.#next(name, onGivenUp);
      return;
    }
    const waitMs = RETRY_MS[letter.tries];
    if (waitMs === undefined) {
      this.#queues.delete(name);
      this.#log('warn', 'a callback was given up', { to: name, why });
      onGivenUp();
      return;
    }
    queue[0] = { ...letter, tries: letter.tries + 1 };
    this.#after(waitMs, () => this.#next(name, onGivenUp));
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
