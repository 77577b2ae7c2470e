import { createHmac } from 'node:crypto';
import type { CodeResult } from '../protocol/call/admission.ts';
import type { Basics } from './basics.ts';
import type { CodeOwner, Codes } from './codes.ts';
import { isCode } from './rules/codes.ts';
import { OVER_ALL, PER_CODE_SPACE, PER_SOURCE } from './rules/throttle.ts';
import type { Limit } from './rules/throttle.ts';
import type { Throttle } from './throttle.ts';

/** So long a caller who gave a right code is excused from what strangers' guesses close. */
const KNOWN_MS = 30 * 24 * 3_600_000;
const RENEW_MS = 24 * 3_600_000;

/**
 * Where codes are tried. A wrong one counts against its source; one from a source that never gave a
 * right code counts also against its range of codes and over all.
 */
export class CodeDoor {
  readonly #basics: Basics;
  readonly #codes: Codes;
  readonly #throttle: Throttle;

  constructor(basics: Basics, codes: Codes, throttle: Throttle) {
    this.#basics = basics;
    this.#codes = codes;
    this.#throttle = throttle;
  }

  async open(code: string, source: string): Promise<CodeResult> {
    if (!isCode(code)) return { kind: 'unknown' };
    const knownUntilMs = await this.#basics.store.get<number>(this.#knownKey(source));
    if (knownUntilMs === undefined) return this.#stranger(code, source);
    return this.#known(code, source, knownUntilMs);
  }

  /** Nothing is written for a right code: this is the path of every call of a busy day. */
  async #known(code: string, source: string, knownUntilMs: number): Promise<CodeResult> {
    const what = `source:${source}`;
    const owner = await this.#codes.find(code);
    const refused = owner
      ? await this.#throttle.isFull(what, PER_SOURCE)
      : (await this.#throttle.count(what, PER_SOURCE)) > 0;
    if (refused) return { kind: 'throttled' };
    if (!owner) return { kind: 'unknown' };
    if (knownUntilMs - this.#basics.now() < KNOWN_MS - RENEW_MS) await this.#remember(source);
    return opened(owner);
  }

  /** Counted before it is looked up, so that many tries at once are not all the first. */
  async #stranger(code: string, source: string): Promise<CodeResult> {
    const counts: (readonly [what: string, limit: Limit])[] = [
      [`source:${source}`, PER_SOURCE],
      [`space:${code.slice(0, 3)}`, PER_CODE_SPACE],
      ['all', OVER_ALL],
    ];
    for (const [what, limit] of counts)
      if ((await this.#throttle.count(what, limit)) > 0) return { kind: 'throttled' };
    const owner = await this.#codes.find(code);
    if (!owner) return { kind: 'unknown' };
    for (const [what, limit] of counts) await this.#throttle.forgive(what, limit);
    await this.#remember(source);
    return opened(owner);
  }

  async #remember(source: string): Promise<void> {
    const expiresAtMs = this.#basics.now() + KNOWN_MS;
    await this.#basics.store.put(this.#knownKey(source), { value: expiresAtMs, expiresAtMs });
  }

  #knownKey(source: string): string {
    const digest = createHmac('sha256', this.#basics.keys.codes).update(`known:${source}`);
    return `known:${digest.digest('hex').slice(0, 40)}`;
  }
}

function opened(owner: CodeOwner): CodeResult {
  return { kind: 'meeting', ...owner };
}
