import type { RoomId } from './room.ts';
import { isRoom } from './check.ts';
import { hasShape, isCount, isFlag, isListOf, isOptional, isText } from './shape.ts';
import type { Check } from './shape.ts';

/** One of a meeting's smaller rooms, as screens and programs are told of it. */
export interface BreakoutTold {
  readonly id: RoomId;
  readonly name: string;
  /** From 1: what callers hear. */
  readonly number: number;
}

/** A meeting's breakout rooms. Who is in them the rooms tell. */
export interface MeetingBreakouts {
  readonly meeting: RoomId;
  /** Empty: there are none any more. */
  readonly rooms: readonly BreakoutTold[];
  /** People choose their room themselves, and go back when they like. */
  readonly self: boolean;
  /** Then everybody is brought back, milliseconds since 1970; absent: when a moderator says so. */
  readonly endsAtMs?: number;
}

const ROOM = { id: isRoom, name: isText, number: isCount } satisfies Record<
  keyof BreakoutTold,
  Check
>;

export const isMeetingBreakouts = hasShape({
  meeting: isRoom,
  rooms: isListOf(hasShape(ROOM)),
  self: isFlag,
  endsAtMs: isOptional(isCount),
} satisfies Record<keyof MeetingBreakouts, Check>);

/** The rooms that belong to a meeting: its own, and its breakout rooms. */
export function roomsOf(
  meeting: RoomId,
  breakouts: MeetingBreakouts | undefined,
): readonly RoomId[] {
  return [meeting, ...(breakouts?.rooms.map(({ id }) => id) ?? [])];
}
