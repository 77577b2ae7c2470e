import type { BreakoutTold } from '../../protocol/room/breakouts.ts';
import type { Room, RoomId } from '../../protocol/room/room.ts';
import type { FeedState } from './state.ts';

/** The breakout room that a room is; nothing where it is the meeting's own. */
export function breakoutOf(
  { breakouts }: Pick<FeedState, 'breakouts'>,
  meeting: RoomId,
  room: Room | undefined,
): BreakoutTold | undefined {
  return breakouts.get(meeting)?.rooms.find(({ id }) => id === room?.id);
}
