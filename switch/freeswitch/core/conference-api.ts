import type { Conference } from './conference.ts';
import { formatAllRooms } from './conference-list.ts';
import { formatJsonList } from './conference-list-json.ts';
import { formatXmlList } from './conference-list-xml.ts';
import type { Place } from './conference-member-commands.ts';
import { MEMBER_COMMANDS } from './conference-member-commands.ts';
import { ROOM_COMMANDS } from './conference-room-commands.ts';
import { toTarget } from './conference-target.ts';
import { formatHelp, formatTable, usageOf } from './conference-usage.ts';
import type { SwitchNode } from './node.ts';
import { separateString } from './separate-string.ts';

/** `conference …` (conference_api_main_real): rooms first, then the commands without a room. */
export function conferenceCommand(node: SwitchNode, args: string, later: Place['later']): string {
  const argv = separateString(args, 25);
  const [name] = argv;
  if (name === undefined) return formatTable();
  const conference = node.rooms.get(name);
  if (conference === undefined) return withoutRoom(node, argv);
  if (argv.length < 2) return "Conference command, not specified.\nTry 'help'\n";
  return inRoom({ node, conference, later }, argv);
}

function withoutRoom(node: SwitchNode, argv: readonly string[]): string {
  const rooms: readonly Conference[] = [...node.rooms.values()];
  const nowUs = node.world.nowUs();
  switch (argv[0]?.toLowerCase()) {
    case 'list':
      return formatAllRooms(rooms, argv.slice(1));
    case 'count':
      return String(rooms.length);
    case 'xml_list':
      return formatXmlList(rooms, nowUs);
    case 'json_list':
      return formatJsonList(rooms, nowUs, argv[1] === 'compact');
    case 'help':
    case 'commands':
      return formatHelp();
    default:
      return `-ERR Conference ${argv[0]} not found\n`;
  }
}

function inRoom(place: Place, argv: readonly string[]): string {
  const command = argv[1]!.toLowerCase();
  if (Object.hasOwn(MEMBER_COMMANDS, command)) return forMembers(place, command, argv);
  if (!Object.hasOwn(ROOM_COMMANDS, command)) {
    return `-ERR Conference command '${argv[1]}' not found.\n`;
  }
  const outcome = ROOM_COMMANDS[command]!(place, argv);
  return typeof outcome === 'string' ? outcome : `${outcome.text}${usageOf(command)}`;
}

function forMembers(place: Place, command: string, argv: readonly string[]): string {
  const target = toTarget(place.conference, argv[2]);
  switch (target.kind) {
    case 'unreadable':
      return usageOf(command);
    case 'none':
      return target.reply;
    case 'members': {
      const act = MEMBER_COMMANDS[command]!;
      const lines = target.members.map((member) =>
        target.spared === 'moderators' && member.flags.moderator
          ? `Skipping moderator (member id ${member.id}).\n`
          : act(place, member, argv[3]),
      );
      return lines.join('');
    }
  }
}
