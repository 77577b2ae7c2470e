import { conferenceCommand } from './conference-api.ts';
import { LEG_COMMANDS } from './leg-commands.ts';
import type { SwitchNode } from './node.ts';
import { originate } from './originate.ts';
import { showCommand } from './show-command.ts';
import { STATUS_COMMANDS } from './status-commands.ts';
import { UUID_COMMANDS } from './uuid-commands.ts';

/** Where an API command works. */
export interface ApiPlace {
  readonly node: SwitchNode;
  readonly job: string;
  /** Does it once the reply is out, as FreeSWITCH's other threads would. */
  readonly later: (act: () => void) => void;
}

/** Gives the output; undefined where it comes later, as the effect `reply`. */
export type ApiCommand = (place: ApiPlace, args: string) => string | undefined;

const COMMANDS: Readonly<Record<string, ApiCommand>> = {
  conference: ({ node, later }, args) => conferenceCommand(node, args, later),
  originate: ({ node, job }, args) => originate(node, job, args),
  show: ({ node }, args) => showCommand(node, args),
  ...STATUS_COMMANDS,
  ...UUID_COMMANDS,
  ...LEG_COMMANDS,
};

/** Runs one API command. Names are matched without regard to case, as FreeSWITCH does. */
export function runApi(place: ApiPlace, command: string, args: string): string | undefined {
  const name = command.toLowerCase();
  if (!Object.hasOwn(COMMANDS, name)) return `-ERR ${command} Command not found!\n`;
  return COMMANDS[name]!(place, args);
}
