import type { RoomCommand } from './command.ts';
import type { Participant, RoomId } from './room.ts';

/** What a moderator did on the telephone's keypad that is about others. */
export interface KeypadAct {
  readonly room: RoomId;
  readonly command: RoomCommand;
  /** Whose key it was. */
  readonly by: Participant;
  readonly ok: boolean;
}
