import type { Conference } from './conference.ts';
import { ghostsOf, sizeOf } from './conference.ts';
import { fireMember, fireRoom } from './conference-event.ts';
import type { StopWhich } from './conference-files.ts';
import { playToMember, playToRoom, stopMemberFiles, stopRoomFiles } from './conference-files.ts';
import { leaveFor } from './conference-leave.ts';
import { formatList } from './conference-list.ts';
import { formatJsonList } from './conference-list-json.ts';
import { formatXmlList } from './conference-list-xml.ts';
import type { Place } from './conference-member-commands.ts';
import { checkRecord, record, recording, stopRecord } from './conference-recording.ts';
import { relate } from './conference-relations.ts';
import { findMember } from './conference-target.ts';

/** Text that FreeSWITCH follows with the command's usage. */
export interface WithUsage {
  readonly text: string;
  readonly usage: true;
}

/**
 * Acts on a room; `argv` begins with the room's name and the command. Gives the reply word for word
 * as conference_api.c.
 */
export type RoomCommand = (place: Place, argv: readonly string[]) => string | WithUsage;

const USAGE: WithUsage = { text: '', usage: true };

export const ROOM_COMMANDS: Readonly<Record<string, RoomCommand>> = {
  count: ({ conference }) => String(sizeOf(conference)),
  list: ({ conference }, argv) => formatList(conference, argv.slice(2)),
  json_list: ({ node, conference }, argv) =>
    formatJsonList([conference], node.world.nowUs(), argv[2] === 'compact'),
  xml_list: ({ node, conference }) => formatXmlList([conference], node.world.nowUs()),
  play,
  stop,
  relate: (place, argv) => relate(place, argv) ?? USAGE,
  transfer,
  lock: (place, argv) => setLocked(place, argv[0]!, true),
  unlock: (place, argv) => setLocked(place, argv[0]!, false),
  setvar,
  getvar: ({ conference }, argv) => conference.variables.get(argv[2] ?? '') ?? '',
  get: ({ node, conference }, argv) => getValue(conference, argv, node.world.nowUs()),
  set: setValue,
  pin: setPin,
  nopin: ({ conference }) => {
    conference.pin = '';
    return `+OK Pin for conference ${conference.name} deleted\n`;
  },
  record,
  norecord: stopRecord,
  chkrecord: checkRecord,
  recording,
};

function play(place: Place, argv: readonly string[]): string | WithUsage {
  const { node, conference } = place;
  const [, , file, target] = argv;
  if (file === undefined) return USAGE;
  const missing = `-ERR (play) File: ${file} not found.\n`;
  if (target === undefined || (argv.length === 4 && target.toLowerCase() === 'async')) {
    const async = target !== undefined;
    const own = [
      { name: 'File', value: file },
      { name: 'Async', value: String(async) },
    ];
    const played = playToRoom(node, conference, file, async);
    const error = { name: 'Error', value: 'File could not be played' };
    fireRoom(node, conference, 'play-file', played ? own : [...own, error]);
    return played ? `+OK (play) Playing file ${file}\n` : missing;
  }
  const member = findMember(conference, target);
  if (member === undefined) return { text: `-ERR Member: ${target} not found.\n`, usage: true };
  const replacesRoom = argv[4]?.toLowerCase() === 'nomux';
  if (!playToMember(node, member, { file, replacesRoom })) return missing;
  const own = [{ name: 'File', value: file }];
  fireMember(node, conference, member, { action: 'play-file-member', own });
  return `+OK (play) Playing file ${file} to member ${member.id}\n`;
}

function stop({ node, conference }: Place, argv: readonly string[]): string | WithUsage {
  const which = (argv[2] ?? 'all').toLowerCase();
  if (!isStopWhich(which)) return USAGE;
  const target = argv[3];
  if (target === undefined) {
    return `+OK Stopped ${stopRoomFiles(node, conference, which)} files.\n`;
  }
  const member = findMember(conference, target);
  if (member === undefined) return `-ERR Member: ${target} not found.\n`;
  return `+OK Stopped ${stopMemberFiles(node, conference, member, which)} files.\n`;
}

function transfer(place: Place, argv: readonly string[]): string | WithUsage {
  const { node, conference } = place;
  const [, , room, ...ids] = argv;
  if (room === undefined || ids.length === 0) return USAGE;
  const args = room.includes('@') ? room : `${room}@default`;
  const dialled = `conference:${args}`;
  return ids
    .map((id) => {
      const member = findMember(conference, id);
      if (member === undefined) return `-ERR No Member ${id} in conference ${conference.name}.\n`;
      const own = [
        { name: 'Old-Conference-Name', value: conference.name },
        { name: 'New-Conference-Name', value: room },
      ];
      const { caller } = member.channel;
      member.channel.caller = { ...caller, destination: dialled };
      fireMember(node, conference, member, { action: 'transfer', own });
      member.channel.caller = caller;
      place.later(() => leaveFor(node, member, { calls: [{ app: 'conference', args }], dialled }));
      return `+OK Member '${member.id}' sent to conference ${room}.\n`;
    })
    .join('');
}

function setLocked({ node, conference }: Place, name: string, on: boolean): string {
  conference.locked = on;
  fireRoom(node, conference, on ? 'lock' : 'unlock');
  return `+OK ${name} ${on ? 'locked' : 'unlocked'}\n`;
}

function setvar({ conference }: Place, argv: readonly string[]): string {
  const [, , name, value] = argv;
  if (name !== undefined && value !== undefined) conference.variables.set(name, value);
  else if (name !== undefined) conference.variables.delete(name);
  return '+OK\n';
}

function getValue(
  conference: Conference,
  argv: readonly string[],
  nowUs: number,
): string | WithUsage {
  if (argv.length !== 3) return USAGE;
  const values: Readonly<Record<string, string>> = {
    run_time: String(Math.floor((nowUs - conference.createdUs) / 1e6)),
    count: String(sizeOf(conference)),
    count_ghosts: String(ghostsOf(conference)),
    max_members: String(conference.maxMembers),
    rate: String(conference.rate),
    profile_name: conference.profileName,
    sound_prefix: '',
    caller_id_name: 'FreeSWITCH',
    caller_id_number: '0000000000',
    is_locked: conference.locked ? 'locked' : '',
    endconference_grace_time: String(conference.graceSeconds),
    uuid: conference.uuid,
    wait_mod: '',
  };
  return values[argv[2]!.toLowerCase()] ?? USAGE;
}

/** Answers with the value before, as FreeSWITCH does. */
function setValue({ conference }: Place, argv: readonly string[]): string | WithUsage {
  const [, , name, text] = argv;
  const value = Number.parseInt(text ?? '', 10);
  if (argv.length !== 4 || !(value >= 0)) return USAGE;
  switch (name?.toLowerCase()) {
    case 'max_members': {
      const before = conference.maxMembers;
      conference.maxMembers = value;
      return String(before);
    }
    case 'endconference_grace_time': {
      const before = conference.graceSeconds;
      conference.graceSeconds = value;
      return String(before);
    }
    default:
      return USAGE;
  }
}

function setPin({ conference }: Place, argv: readonly string[]): string | WithUsage {
  if (argv.length !== 3) return { text: '-ERR Invalid parameters:\n', usage: true };
  conference.pin = argv[2]!;
  return `+OK Pin for conference ${conference.name} set: ${conference.pin}\n`;
}

function isStopWhich(text: string): text is StopWhich {
  return text === 'current' || text === 'all' || text === 'async';
}
