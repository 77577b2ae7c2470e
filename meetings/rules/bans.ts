import { createHmac } from 'node:crypto';
import type { CallIdentity } from '../../protocol/call/identity.ts';
import type { MaskedNumber } from '../../protocol/call/masked.ts';

/** Somebody who may not come in any more. Whom it holds for is kept by digests only. */
export interface Ban {
  readonly id: string;
  readonly name: string;
  readonly number: MaskedNumber;
  readonly bannedAtMs: number;
  /** Who banned them, for people to read. */
  readonly by: string;
  /** Absent: until somebody lifts it. */
  readonly untilMs?: number;
  readonly digests: readonly string[];
}

/** By what somebody is known again. */
export type Marks = Partial<Pick<CallIdentity, 'personId' | 'account' | 'number'>>;

/**
 * One digest each way in which somebody is known: as a person, an account, a number. A caller who
 * withholds the number and has neither of the others has none, and cannot be banned.
 */
export function digestsOf(marks: Marks, key: string): readonly string[] {
  const named = [
    ['person', marks.personId],
    ['account', marks.account],
    ['number', marks.number],
  ] as const;
  return named.flatMap(([kind, value]) =>
    value === undefined || value === '' ? [] : [digest(`ban:${kind}:${value}`, key)],
  );
}

/** Those that hold still. */
export function inForce(bans: readonly Ban[], nowMs: number): readonly Ban[] {
  return bans.filter(({ untilMs = Infinity }) => untilMs > nowMs);
}

export function isBanned(bans: readonly Ban[], digests: readonly string[]): boolean {
  return bans.some((ban) => ban.digests.some((each) => digests.includes(each)));
}

function digest(text: string, key: string): string {
  return createHmac('sha256', key).update(text).digest('hex').slice(0, 40);
}
