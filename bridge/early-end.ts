import { setTimeout as pause } from 'node:timers/promises';
import type { ParticipantId } from '../protocol/room/room.ts';
import type { Reply } from './esl.ts';
import type { FreeSwitchNode } from './node.ts';
import type { Cause } from './to-esl.ts';
import { killLine } from './to-esl.ts';

/** FreeSWITCH was told to call, and may be asked to end the call before it has begun it. */
const EARLY_MS = [50, 150, 400];
const NO_CHANNEL = /^-ERR No such channel/;

export interface EarlyEnd {
  readonly leg: ParticipantId;
  readonly cause: Cause;
  /** Whether its end was not told yet. */
  readonly isUp: () => boolean;
}

/**
 * Ends a call that we make and that FreeSWITCH may not have begun: asked four times within 600 ms. One that
 * it begins later still is to be ended at its first sign of life; the last reply says so (`isTooEarly`).
 */
export async function endEarly(
  node: Pick<FreeSwitchNode, 'api'>,
  { leg, cause, isUp }: EarlyEnd,
): Promise<Reply> {
  for (let attempt = 0; ; attempt++) {
    const reply = await node.api(killLine(leg, cause));
    const wait = EARLY_MS[attempt];
    if (!isTooEarly(reply) || !isUp() || wait === undefined) return reply;
    await pause(wait);
  }
}

export function isTooEarly(reply: Reply): boolean {
  return reply.kind === 'answered' && NO_CHANNEL.test(reply.text);
}
