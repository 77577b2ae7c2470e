import type { Admissions } from '../protocol/call/admission.ts';
import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { Log } from '../protocol/log.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import type { Ledger } from './ledger.ts';
import { askRules } from './room-rules.ts';

export interface FirstInOptions {
  readonly board: {
    readonly ledger: Ledger;
    execute(command: RoomCommand): Promise<Outcome>;
  };
  readonly admissions: Admissions;
  readonly log: Log;
}

/**
 * Somebody came into a room: where they are the first and the meeting says so, recording begins.
 * Whoever stops it has it stopped until everybody has left.
 */
export async function recordFromFirst(
  { board, admissions, log }: FirstInOptions,
  room: RoomId,
  leg: ParticipantId,
): Promise<void> {
  const isFirst = [...(board.ledger.rooms.get(room)?.members.keys() ?? [])].every(
    (id) => id === leg,
  );
  if (!isFirst || !(await askRules({ admissions, log }, room)).record) return;
  const outcome = await board.execute({ kind: 'set-recording', room, on: true });
  if (outcome.ok || outcome.reason === 'no-such-room') return;
  log('error', 'a meeting that is to be recorded is not', { room, why: outcome.detail });
}
