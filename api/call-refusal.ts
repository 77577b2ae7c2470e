import type { CallPlan } from '../meetings/dial-out.ts';
import type { DialOutSettings } from '../meetings/rules/dial-out.ts';
import { refusal } from './problems.ts';
import type { Refusal } from './problems.ts';

/** Why the house's rules do not let a call out; says which limit, and what to do. */
export function whyNoCall(
  why: Extract<CallPlan, { ok: false }>['why'],
  { prefixes, concurrent, perDay, country }: DialOutSettings,
): Refusal {
  const field = { field: 'number' };
  switch (why) {
    case 'off':
      return refusal('forbidden', 'Calls to numbers are off: see DIAL_OUT_PREFIXES.', field);
    case 'not-a-number':
      return refusal(
        'bad-input',
        `"number" must be a whole number with its country, such as +4930901234${country === undefined ? '' : `, or one that begins with 0 for +${country}`}.`,
        field,
      );
    case 'emergency':
      return refusal('forbidden', 'Meetings call no emergency numbers: use a telephone.', field);
    case 'premium':
      return refusal('forbidden', 'The number costs more than a call: it is never called.', field);
    case 'prefix':
      return refusal(
        'forbidden',
        `Only numbers that begin with ${prefixes.join(', ')} are called: see DIAL_OUT_PREFIXES.`,
        field,
      );
    case 'concurrent':
      return refusal(
        'calls-full',
        `There are ${concurrent} calls out already, as many as may be at once (DIAL_OUT_CONCURRENT). Wait for one to end.`,
      );
    case 'per-day':
      return refusal(
        'calls-spent',
        `There were ${perDay} calls out in 24 hours, as many as may be (DIAL_OUT_PER_DAY).`,
      );
    case 'no-trunk':
      return refusal('no-trunk', 'No trunk takes calls out: make one, with "outbound": true.');
    case 'no-account':
      return refusal('not-found', 'No account has that username; GET /api/v1/accounts lists them.');
  }
}
