import type { CallEnd, OutboundCall } from '../../protocol/room/outbound-call.ts';

const ENDED: Record<CallEnd, string> = {
  busy: 'Busy',
  declined: 'Declined',
  'no-answer': 'No answer',
  'not-accepted': 'Answered, but did not join',
  unreachable: 'Cannot be reached',
  failed: 'The call failed',
  cancelled: 'Cancelled',
  left: 'Left the meeting',
};

/** How a call out stands. */
export function callWords({ state, end }: OutboundCall): string {
  switch (state) {
    case 'calling':
      return 'Calling …';
    case 'ringing':
      return 'Ringing …';
    case 'asked':
      return 'Answered; hears the invitation';
    case 'joined':
      return 'Joined';
    case 'ended':
      return end === undefined ? 'Ended' : ENDED[end];
  }
}

/** Those that are worth a row: whoever joined has one among the people. */
export function shownCalls(calls: Iterable<OutboundCall>): readonly OutboundCall[] {
  return [...calls]
    .filter(({ state, end }) => state !== 'joined' && end !== 'left')
    .sort((a, b) => b.startedAtMs - a.startedAtMs);
}
