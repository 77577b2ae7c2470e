import { masked } from '../../protocol/call/masked.ts';
import type { NumberPolicy } from '../../protocol/call/masked.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import type { AuditAct } from './audit.ts';
import type { WhyNoCall } from './dial-out.ts';

/** Who wants a number called. */
export interface CallsOutside {
  /** As the audit log names people. */
  readonly who: string;
  /** The address they came from; empty for what comes from none. */
  readonly from: string;
  /** Into which meeting; absent: to the telephone of who calls. */
  readonly meeting?: RoomId;
}

/** What came of it: the trunk that it goes out by, or why it does not. */
export type OutsideOutcome =
  | { readonly kind: 'called'; readonly trunk: string }
  | { readonly kind: 'refused'; readonly why: WhyNoCall | 'no-trunk' };

/**
 * What the audit log has of a call to a number. Of the number at most country and last four digits, also
 * where `SHOW_NUMBERS` shows whole ones: what cannot be changed any more holds none.
 */
export function callOutside(
  { who, from, meeting }: CallsOutside,
  { number, outcome }: { readonly number: string; readonly outcome: OutsideOutcome },
  policy: NumberPolicy,
): AuditAct {
  // As it was typed, where it is refused: no words of anybody's.
  const digits = number.replace(/[^\d+]/g, '');
  const subject = masked(digits, policy === 'full' ? 'masked' : policy);
  return {
    ...{ who, from, act: 'call outside' },
    ...(meeting && { meeting }),
    ...(subject !== '' && { subject }),
    ...(outcome.kind === 'called' && { detail: `trunk=${outcome.trunk}` }),
    outcome: outcome.kind === 'called' ? 'done' : `refused ${outcome.why}`,
  };
}
