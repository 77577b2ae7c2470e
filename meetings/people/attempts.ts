import { createHmac } from 'node:crypto';
import type { Alarms } from '../alarms.ts';
import type { Basics } from '../basics.ts';
import { accountable, maskedSource } from '../rules/sources.ts';
import { LOGIN, PER_LOGIN } from '../rules/throttle.ts';
import type { Throttle } from '../throttle.ts';

/** So long a source that signed somebody in is not held up by others who try their name. */
const KNOWN_MS = 30 * 24 * 3_600_000;

export type Attempt =
  | { readonly kind: 'allowed'; readonly right: () => Promise<void> }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number };

/** Where wrong keys and passwords are counted: by source, and by the name that is tried from many. */
export class Attempts {
  readonly #basics: Basics;
  readonly #throttle: Throttle;
  readonly #alarms: Alarms;

  constructor(
    basics: Basics,
    { throttle, alarms }: { readonly throttle: Throttle; readonly alarms: Alarms },
  ) {
    this.#basics = basics;
    this.#throttle = throttle;
    this.#alarms = alarms;
  }

  /**
   * Counts an attempt before it is looked at; `right` takes it back. Names are counted whether or not
   * anybody has them. `login` is absent for the administrator's key.
   */
  async begin(source: string, login?: string): Promise<Attempt> {
    const who = accountable(source);
    const bySource = `login:${who}`;
    const heldMs = await this.#throttle.count(bySource, LOGIN);
    await this.#tellIfFull(bySource, LOGIN, maskedSource(who));
    if (heldMs > 0) return { kind: 'throttled', retryAfterMs: heldMs };
    const known = login === undefined ? undefined : this.#knownPlace(who, login);
    const isFree = known === undefined || (await this.#basics.store.get<true>(known)) === true;
    const byName = `login-name:${login ?? ''}`;
    const nameHeldMs = isFree ? 0 : await this.#throttle.count(byName, PER_LOGIN);
    if (!isFree) await this.#tellIfFull(byName, PER_LOGIN, 'many addresses');
    if (nameHeldMs > 0) return { kind: 'throttled', retryAfterMs: nameHeldMs };
    return {
      kind: 'allowed',
      right: async () => {
        await this.#throttle.forgive(bySource, LOGIN);
        if (!isFree) await this.#throttle.forgive(byName, PER_LOGIN);
        if (known !== undefined)
          await this.#basics.store.put(known, {
            value: true,
            expiresAtMs: this.#basics.now() + KNOWN_MS,
          });
      },
    };
  }

  async #tellIfFull(what: string, limit: typeof LOGIN, who: string): Promise<void> {
    const untilMs = await this.#throttle.fullUntil(what, limit);
    if (untilMs !== undefined) this.#alarms.raise({ kind: 'login', what, who, untilMs }, 1);
  }

  #knownPlace(who: string, login: string): string {
    const digest = createHmac('sha256', this.#basics.keys.codes).update(`${who} ${login}`);
    return `login-known:${digest.digest('hex').slice(0, 40)}`;
  }
}
