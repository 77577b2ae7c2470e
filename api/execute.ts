import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { ApiParts } from './parts.ts';
import { refusedBy } from './problems.ts';

/** Hands a wish to the switch; throws the refusal where it does not take it. */
export async function execute(parts: ApiParts, command: RoomCommand): Promise<void> {
  const outcome: Outcome = await parts.rooms.execute(command);
  if (!outcome.ok) throw refusedBy(outcome, 'id' in command ? 'participant' : 'room');
}
