import { createHmac } from 'node:crypto';
import type { CodeResult } from '../protocol/call/admission.ts';
import type { Alarms, Full } from './alarms.ts';
import type { Basics } from './basics.ts';
import type { CodeOwner, Codes } from './codes.ts';
import { InTurn } from './in-turn.ts';
import { isCode } from './rules/codes.ts';
import { accountable, maskedSource, networkOf } from './rules/sources.ts';
import {
  HUNT,
  HUNT_IN_RANGE,
  MOST,
  MOST_IN_RANGE,
  PER_SOURCE,
  PER_SOURCE_IN_A_HUNT,
} from './rules/throttle.ts';
import type { Limit } from './rules/throttle.ts';
import type { Throttle } from './throttle.ts';

/** So long a code that a caller gave opens to them whatever others' guesses close. */
const KNOWN_MS = 30 * 24 * 3_600_000;
const RENEW_MS = 24 * 3_600_000;

/** Something that is counted: until `alarmed` nobody minds, at `limit` nobody gets further. */
interface Counted extends Omit<Full, 'untilMs'> {
  readonly limit: Limit;
  readonly alarmed: Limit;
}

interface Desk {
  readonly codes: Codes;
  readonly throttle: Throttle;
  readonly alarms: Alarms;
}

/**
 * Where codes are tried. A code that this very caller gave before opens whatever others do, until they
 * typed five wrong ones. Everything else counts against its source, its range of codes and over all:
 * who has one code must not hunt the better for it. While somebody hunts, each source has one try in
 * place of five, so that those who have a code still come in.
 */
export class CodeDoor {
  readonly #basics: Basics;
  readonly #desk: Desk;
  readonly #turns = new InTurn();

  constructor(basics: Basics, desk: Desk) {
    this.#basics = basics;
    this.#desk = desk;
  }

  async open(code: string, source: string): Promise<CodeResult> {
    if (!isCode(code)) return { kind: 'unknown' };
    const caller = accountable(source);
    const knownUntilMs = await this.#knownUntil(caller, code);
    if (knownUntilMs !== undefined) return this.#known(code, caller, knownUntilMs);
    // One after the other: a meeting that comes from one address at its hour fills no limit.
    return this.#turns.run(caller, async () => {
      const until = await this.#knownUntil(caller, code);
      return until === undefined ? this.#untried(code, caller) : this.#known(code, caller, until);
    });
  }

  #knownUntil(caller: string, code: string): Promise<number | undefined> {
    return this.#basics.store.get<number>(this.#knownKey(caller, code));
  }

  /** Nothing is written for a right code: this is the path of every call of a busy day. */
  async #known(code: string, caller: string, knownUntilMs: number): Promise<CodeResult> {
    const { codes, throttle } = this.#desk;
    const owner = await codes.find(code);
    if (!owner) return this.#untried(code, caller);
    const counted = ofCaller(caller, PER_SOURCE);
    if (await throttle.isFull(counted.what, PER_SOURCE)) {
      await this.#alarm([counted]);
      return { kind: 'throttled' };
    }
    if (knownUntilMs - this.#basics.now() < KNOWN_MS - RENEW_MS) await this.#remember(caller, code);
    return opened(owner);
  }

  /** Counted before it is looked up, so that many tries at once are not all the first. */
  async #untried(code: string, caller: string): Promise<CodeResult> {
    const { codes } = this.#desk;
    const many = ofMany(code, caller);
    const hunted = await this.#isAnyFull(many);
    const counts = [ofCaller(caller, hunted ? PER_SOURCE_IN_A_HUNT : PER_SOURCE), ...many];
    const refused = await this.#countAll(counts);
    const owner = refused ? undefined : await codes.find(code);
    if (!owner) {
      await this.#alarm(counts);
      return { kind: refused ? 'throttled' : 'unknown' };
    }
    await this.#forgive(counts);
    await this.#remember(caller, code);
    return opened(owner);
  }

  /** Whether one of them was full. Then the others forget the try: it was not looked up. */
  async #countAll(counts: readonly Counted[]): Promise<boolean> {
    for (const [at, { what, limit }] of counts.entries()) {
      if ((await this.#desk.throttle.count(what, limit)) === 0) continue;
      await this.#forgive(counts.slice(0, at));
      return true;
    }
    return false;
  }

  async #forgive(counts: readonly Counted[]): Promise<void> {
    for (const { what, limit } of counts) await this.#desk.throttle.forgive(what, limit);
  }

  async #isAnyFull(counts: readonly Counted[]): Promise<boolean> {
    for (const { what, alarmed } of counts)
      if (await this.#desk.throttle.isFull(what, alarmed)) return true;
    return false;
  }

  async #alarm(counts: readonly Counted[]): Promise<void> {
    for (const { kind, what, who, alarmed } of counts) {
      const untilMs = await this.#desk.throttle.fullUntil(what, alarmed);
      if (untilMs !== undefined) this.#desk.alarms.raise({ kind, what, who, untilMs }, 1);
    }
  }

  async #remember(caller: string, code: string): Promise<void> {
    const expiresAtMs = this.#basics.now() + KNOWN_MS;
    await this.#basics.store.put(this.#knownKey(caller, code), { value: expiresAtMs, expiresAtMs });
  }

  #knownKey(caller: string, code: string): string {
    const digest = createHmac('sha256', this.#basics.keys.codes).update(`known:${caller}:${code}`);
    return `known:${digest.digest('hex').slice(0, 40)}`;
  }
}

function ofCaller(caller: string, limit: Limit): Counted {
  const who = maskedSource(caller);
  return { kind: 'caller', what: `source:${caller}`, who, limit, alarmed: limit };
}

/**
 * Numbers and addresses apart: who has a thousand addresses locks out nobody who calls from the
 * telephone network, and the other way round.
 */
function ofMany(code: string, caller: string): readonly Counted[] {
  const network = networkOf(caller);
  const range = code.slice(0, 3);
  return [
    {
      kind: 'code-range',
      what: `space:${network}:${range}`,
      who: `${range}… (${network})`,
      limit: MOST_IN_RANGE,
      alarmed: HUNT_IN_RANGE,
    },
    { kind: 'all', what: `all:${network}`, who: network, limit: MOST, alarmed: HUNT },
  ];
}

function opened(owner: CodeOwner): CodeResult {
  return { kind: 'meeting', ...owner };
}
