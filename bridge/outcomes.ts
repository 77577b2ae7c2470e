import type { Outcome } from '../protocol/room/command.ts';
import { succeeded } from './addressed.ts';
import type { Reply } from './esl.ts';

export const DONE: Outcome = { ok: true };

export const NO_ROOM: Outcome = {
  ok: false,
  reason: 'no-such-room',
  detail: 'Nobody is in this meeting now.',
};
export const NO_PARTICIPANT: Outcome = {
  ok: false,
  reason: 'no-such-participant',
  detail: 'This person is not in the meeting any more.',
};
export const UNAVAILABLE: Outcome = {
  ok: false,
  reason: 'switch-unavailable',
  detail: 'FreeSWITCH does not answer. Try again in a moment.',
};
const UNAVAILABLE_KEPT: Outcome = {
  ok: false,
  reason: 'switch-unavailable',
  detail: 'FreeSWITCH does not answer. The wish is kept and carried out when it is back.',
};

/** `detail` is one English sentence that says what to do. */
export function refused(detail: string): Outcome {
  return { ok: false, reason: 'refused', detail };
}

/** `kept` where the wish outlives the failure. */
export function outcomeOf(reply: Reply, kept = false): Outcome {
  if (succeeded(reply)) return DONE;
  if (reply.kind === 'unanswered') return kept ? UNAVAILABLE_KEPT : UNAVAILABLE;
  if (/^-ERR (Non-Existant|No such channel)/.test(reply.text)) return NO_PARTICIPANT;
  if (/^-ERR Conference \S+ not found/.test(reply.text)) return NO_ROOM;
  const said = reply.text.split('\n')[0]?.slice(0, 120) ?? '';
  return refused(`FreeSWITCH refused: ${said}`);
}

/** The first that failed, unless only because somebody left meanwhile. */
export function together(outcomes: readonly Outcome[]): Outcome {
  const failed = outcomes.find(
    (outcome) => !outcome.ok && outcome.reason !== 'no-such-participant',
  );
  return failed ?? DONE;
}
