import type { Alarms } from './alarms.ts';
import type { Basics } from './basics.ts';
import { secret } from './rules/ids.ts';
import { accountable, maskedSource } from './rules/sources.ts';
import { LOGIN } from './rules/throttle.ts';
import { checkToken, same, signToken } from './rules/tickets.ts';
import type { SessionToken } from './rules/tickets.ts';
import type { Throttle } from './throttle.ts';

const LIFE_MS = 12 * 3_600_000;

export interface Session {
  readonly token: string;
  readonly expiresAtMs: number;
}

export type LoginResult =
  | { readonly kind: 'open'; readonly session: Session }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number };

/** The console's sessions: 12 hours, ended by logging out or by a new administrator's key. */
export class Sessions {
  readonly #basics: Basics;
  readonly #throttle: Throttle;
  readonly #alarms: Alarms;
  readonly #adminKey: string;

  constructor(
    basics: Basics,
    { throttle, alarms }: { readonly throttle: Throttle; readonly alarms: Alarms },
    adminKey: string,
  ) {
    this.#basics = basics;
    this.#throttle = throttle;
    this.#alarms = alarms;
    this.#adminKey = adminKey;
  }

  isAdminKey(key: string): boolean {
    return same(key, this.#adminKey);
  }

  /** A wrong key counts against `source`; the sixth in 15 minutes is not even looked at. */
  async logIn(key: string, source: string): Promise<LoginResult> {
    const who = accountable(source);
    const what = `login:${who}`;
    const retryAfterMs = await this.#throttle.count(what, LOGIN);
    const isRight = retryAfterMs === 0 && this.isAdminKey(key);
    if (isRight) {
      await this.#throttle.forgive(what, LOGIN);
      return { kind: 'open', session: await this.#open() };
    }
    const untilMs = await this.#throttle.fullUntil(what, LOGIN);
    if (untilMs !== undefined)
      this.#alarms.raise({ kind: 'login', what, who: maskedSource(who), untilMs }, 1);
    return retryAfterMs > 0 ? { kind: 'throttled', retryAfterMs } : { kind: 'wrong' };
  }

  async check(text: string): Promise<SessionToken | undefined> {
    const checked = checkToken('session', text, this.#signingKey(), this.#basics.now());
    if (checked.kind !== 'valid') return undefined;
    return (await this.isOpen(checked.token)) ? checked.token : undefined;
  }

  /** Whether nobody has logged out of it since. */
  async isOpen({ id }: SessionToken): Promise<boolean> {
    return (await this.#basics.store.get<true>(place(id))) === true;
  }

  async logOut({ id }: SessionToken): Promise<void> {
    await this.#basics.store.delete(place(id));
  }

  async #open(): Promise<Session> {
    const id = secret(16, this.#basics.random);
    const expiresAtMs = this.#basics.now() + LIFE_MS;
    await this.#basics.store.put(place(id), { value: true, expiresAtMs });
    const token = signToken({ kind: 'session', id, expiresAtMs }, this.#signingKey());
    return { token, expiresAtMs };
  }

  #signingKey(): string {
    return `${this.#basics.keys.tokens}:${this.#adminKey}`;
  }
}

function place(id: string): string {
  return `session:${id}`;
}
