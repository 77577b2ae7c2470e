import type { Command } from './command.ts';
import { HOUSE_COMMANDS } from './commands/house.ts';
import { MEETING_COMMANDS } from './commands/meetings.ts';
import { ROOM_COMMANDS } from './commands/room.ts';
import { SERVER_COMMANDS } from './commands/server.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  ...SERVER_COMMANDS,
  ...MEETING_COMMANDS,
  ...ROOM_COMMANDS,
  ...HOUSE_COMMANDS,
];
