import type { CallTarget } from '../protocol/room/command.ts';
import type { Basics } from './basics.ts';
import type { Accounts } from './accounts.ts';
import type { AuditLog } from './audit-log.ts';
import { callOutside } from './rules/call-outside.ts';
import type { CallsOutside, OutsideOutcome } from './rules/call-outside.ts';
import { book, checkNumber, EMPTY_BOOK, struck, unbooked } from './rules/dial-out.ts';
import type { DialOutBook, DialOutSettings, WhyNoCall } from './rules/dial-out.ts';
import { isUsername } from './rules/names.ts';
import type { Trunks } from './trunks.ts';

/** Whom somebody wants the meeting to call: a number as people type it, or an account. */
export type CallWish = { readonly number: string } | { readonly account: string };

export type CallPlan =
  | {
      readonly ok: true;
      readonly to: CallTarget;
      /** How the called one is named where nobody says otherwise. */
      readonly name?: string;
      readonly maxMs?: number;
    }
  | { readonly ok: false; readonly why: WhyNoCall | 'no-trunk' | 'no-account' };

interface Desk {
  readonly accounts: Accounts;
  readonly trunks: Trunks;
  readonly audit: AuditLog;
}

/** Which calls meetings may make. Counted in the store, over all processes. */
export class DialOut {
  readonly #basics: Basics;
  readonly #desk: Desk;
  readonly settings: DialOutSettings;

  constructor(basics: Basics, desk: Desk, settings: DialOutSettings) {
    this.#basics = basics;
    this.#desk = desk;
    this.settings = settings;
  }

  /**
   * Whether the call may be made, and how. A call to a number is booked under `id` until `over` or
   * `never` is told, or its longest time has passed. The audit log hears of every number.
   */
  async plan(id: string, wish: CallWish, by: CallsOutside): Promise<CallPlan> {
    if ('account' in wish) return this.#toAccount(wish.account);
    const plan = await this.#toNumber(id, wish.number);
    const outcome = outcomeOf(plan);
    const { number } = plan.ok && plan.to.kind === 'trunk' ? plan.to : wish;
    // What is no number may be a code that somebody mistyped.
    if (outcome) this.#desk.audit.tell(callOutside(by, { number, outcome }, this.#basics.numbers));
    return plan;
  }

  /** The call ended. Calls that were not booked are none of ours. */
  async over(id: string): Promise<void> {
    await this.#strike(id, (now) => struck(now, id));
  }

  /** The call came not even to be tried: it counts for nothing. */
  async never(id: string): Promise<void> {
    await this.#strike(id, (now) => unbooked(now, id, this.settings));
  }

  /** Calls that are booked as being up. */
  async live(): Promise<readonly string[]> {
    return Object.keys((await this.#basics.store.get<DialOutBook>(PLACE))?.live ?? {});
  }

  async #toAccount(username: string): Promise<CallPlan> {
    const account = isUsername(username) ? await this.#desk.accounts.get(username) : undefined;
    if (!account) return { ok: false, why: 'no-account' };
    return { ok: true, to: { kind: 'account', username }, name: account.name };
  }

  async #toNumber(id: string, text: string): Promise<CallPlan> {
    const checked = checkNumber(text, this.settings);
    if (checked.kind === 'refused') return { ok: false, why: checked.why };
    const trunk = (await this.#desk.trunks.list()).find(({ outbound }) => outbound);
    if (!trunk) return { ok: false, why: 'no-trunk' };
    const to = { kind: 'trunk', trunk: trunk.name, number: checked.number } as const;
    return this.#booked(id, to);
  }

  async #booked(id: string, to: CallTarget): Promise<CallPlan> {
    const { store, now } = this.#basics;
    let plan: CallPlan = { ok: false, why: 'concurrent' };
    await store.update<DialOutBook>(PLACE, (before = EMPTY_BOOK) => {
      const booking = book(before, id, now(), this.settings);
      plan =
        booking.kind === 'refused'
          ? { ok: false, why: booking.why }
          : { ok: true, to, maxMs: booking.maxMs };
      return booking.kind === 'refused' ? undefined : { value: booking.book };
    });
    return plan;
  }

  async #strike(id: string, change: (now: DialOutBook) => DialOutBook): Promise<void> {
    await this.#basics.store.update<DialOutBook>(PLACE, (now) =>
      now !== undefined && id in now.live ? { value: change(now) } : undefined,
    );
  }
}

/** `undefined`: nothing that the audit log is told. */
function outcomeOf(plan: CallPlan): OutsideOutcome | undefined {
  if (plan.ok)
    return plan.to.kind === 'trunk' ? { kind: 'called', trunk: plan.to.trunk } : undefined;
  const { why } = plan;
  return why === 'not-a-number' || why === 'no-account' ? undefined : { kind: 'refused', why };
}

const PLACE = 'dial-out';
