import type { VisitEnd } from '../../meetings/rules/visit.ts';

/** Causes of FreeSWITCH (switch_types.h, Q.850) that say more than that somebody hung up. */
const CAUSES: ReadonlyMap<string, string> = new Map([
  ['MEDIA_TIMEOUT', 'Their sound stopped coming'],
  ['RECOVERY_ON_TIMER_EXPIRE', 'Their phone did not answer any more'],
  ['NORMAL_TEMPORARY_FAILURE', 'The network failed'],
  ['NETWORK_OUT_OF_ORDER', 'The network failed'],
  ['NORMAL_CIRCUIT_CONGESTION', 'The network was full'],
  ['DESTINATION_OUT_OF_ORDER', 'Their phone failed'],
  ['ALLOTTED_TIMEOUT', 'Their time was up'],
  ['INCOMPATIBLE_DESTINATION', 'Their phone shares no codec with us'],
  ['MANAGER_REQUEST', 'They were hung up from the switch'],
  ['SYSTEM_SHUTDOWN', 'The switch was stopped'],
  ['CRASH', 'The switch failed'],
]);

const REASONS: Readonly<Record<VisitEnd, string>> = {
  'hung-up': 'They hung up',
  removed: 'A moderator removed them',
  refused: 'They were not let in',
  'meeting-ended': 'The meeting ended',
  'connection-lost': 'The switch was lost',
  moved: 'They went on in another room or at another switch',
  replaced: 'They came back on another connection',
  unwatched: 'They left while nobody was watching',
};

/** Why somebody left, for people. What we did counts above what the telephone network says of it. */
export function endWords(reason: VisitEnd, cause: string | undefined): string {
  const isTheirs = reason === 'hung-up' || reason === 'unwatched';
  return (isTheirs && CAUSES.get(cause ?? '')) || REASONS[reason];
}
