import type { OutboundCall } from '../../protocol/room/outbound-call.ts';
import { words } from '../words/words.ts';

/** How a call out stands. */
export function callWords({ state, end }: OutboundCall): string {
  const { call, callEnded } = words('shared').inRoom;
  return state === 'ended' && end !== undefined ? callEnded[end] : call[state];
}

/** Those that are worth a row: whoever joined has one among the people. */
export function shownCalls(calls: Iterable<OutboundCall>): readonly OutboundCall[] {
  return [...calls]
    .filter(({ state, end }) => state !== 'joined' && end !== 'left')
    .sort((a, b) => b.startedAtMs - a.startedAtMs);
}
