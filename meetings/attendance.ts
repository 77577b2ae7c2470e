import type { RoomId, Rooms } from '../protocol/room/room.ts';
import { rowsOf } from '../protocol/room/rows.ts';
import type { Attendance } from './rules/gathering.ts';

/** Which rooms belong together: a meeting's own and its breakout rooms. */
export interface Family {
  /** The meeting's own room; the same where it is that. */
  mainOf(room: RoomId): RoomId;
  /** Without the meeting's own. */
  breakoutsOf(main: RoomId): readonly RoomId[];
}

export interface Speaking {
  readonly talking: boolean;
}

/** Who is in rooms that belong together. */
export function attendanceIn(rooms: Rooms, family: readonly RoomId[]): Attendance & Speaking {
  const inside = family.flatMap((id) => {
    const room = rooms.get(id);
    return room === undefined ? [] : rowsOf(room).filter(({ state }) => state === 'joined');
  });
  return {
    people: inside.length,
    moderators: inside.filter(({ role }) => role === 'moderator').length,
    talking: inside.some(({ talking }) => talking),
  };
}
