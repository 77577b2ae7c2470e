import type { Cause } from '../to-esl.ts';

/** Why a call was not answered, by FreeSWITCH's causes (switch_types.h), most telling first. */
const TELLING = [
  'CALL_REJECTED',
  'USER_BUSY',
  'NO_ANSWER',
  'NO_USER_RESPONSE',
  'UNALLOCATED_NUMBER',
  'NO_ROUTE_DESTINATION',
  'INVALID_NUMBER_FORMAT',
];
/** Nobody is registered; says less than anything another phone said. */
const ABSENT = new Set(['SUBSCRIBER_ABSENT', 'USER_NOT_REGISTERED']);

const NOT_THERE = new Set(['UNALLOCATED_NUMBER', 'NO_ROUTE_DESTINATION', 'INVALID_NUMBER_FORMAT']);
const NOBODY_TOOK_IT = new Set([
  'NO_ANSWER',
  'NO_USER_RESPONSE',
  'ALLOTTED_TIMEOUT',
  'PROGRESS_TIMEOUT',
  'RECOVERY_ON_TIMER_EXPIRE',
  'ORIGINATOR_CANCEL',
  'NORMAL_UNSPECIFIED',
  'NORMAL_CLEARING',
]);

/** Of several phones' reasons the one to tell. */
export function mostTelling(causes: readonly string[]): string {
  const said = TELLING.find((cause) => causes.includes(cause));
  return said ?? causes.find((cause) => !ABSENT.has(cause)) ?? causes[0] ?? '';
}

/** The cause by which a caller's unanswered leg ends, so that their phone says what happened. */
export function toCaller(cause: string): Cause {
  if (cause === 'CALL_REJECTED' || cause === 'USER_BUSY') return cause;
  if (NOT_THERE.has(cause)) return 'UNALLOCATED_NUMBER';
  return ABSENT.has(cause) || NOBODY_TOOK_IT.has(cause)
    ? 'NORMAL_UNSPECIFIED'
    : 'NORMAL_TEMPORARY_FAILURE';
}

/** The same for who transferred: a SIP status. */
export function statusOf(cause: string): number {
  switch (toCaller(cause)) {
    case 'CALL_REJECTED':
      return 603;
    case 'USER_BUSY':
      return 486;
    case 'UNALLOCATED_NUMBER':
      return 404;
    case 'NORMAL_UNSPECIFIED':
      return 480;
    default:
      return 503;
  }
}
