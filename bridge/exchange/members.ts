import type { ParticipantId } from '../../protocol/room/room.ts';
import { succeeded } from '../addressed.ts';
import type { FreeSwitchNode } from '../node.ts';
import { intoLine, MEMBER_VARIABLE, muteLine } from '../to-esl-calls.ts';
import type { PairId } from '../to-esl-calls.ts';
import { variableLine } from '../to-esl.ts';

type Leg = ParticipantId;
type Node = Pick<FreeSwitchNode, 'api'>;

/** The others in a call do not hear this leg, or hear it again. */
export async function muteIn(
  node: Node,
  id: PairId,
  { leg, on }: { readonly leg: Leg; readonly on: boolean },
): Promise<void> {
  const member = await memberOf(node, leg);
  if (member !== undefined) await node.api(muteLine(id, member, on));
}

/** Whether FreeSWITCH took a leg from one call into another. */
export async function moveBetween(
  node: Node,
  leg: Leg,
  { from, to }: { readonly from: PairId; readonly to: PairId },
): Promise<boolean> {
  const member = await memberOf(node, leg);
  return member !== undefined && succeeded(await node.api(intoLine(from, member, to)));
}

/** Its number in the conference where it is. */
async function memberOf(node: Node, leg: Leg): Promise<number | undefined> {
  const reply = await node.api(variableLine(leg, MEMBER_VARIABLE));
  const member = reply.kind === 'answered' ? Number(reply.text.trim()) : NaN;
  return Number.isSafeInteger(member) && member > 0 ? member : undefined;
}
