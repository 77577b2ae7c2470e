import type { Conference, Member } from './conference.ts';
import { sizeOf } from './conference.ts';

/** `conference <room> list [delim x|pretty|count]`: a line a member, newest first. */
export function formatList(conference: Conference, words: readonly string[]): string {
  switch (words[0]?.toLowerCase()) {
    case 'count':
      return String(sizeOf(conference));
    case 'pretty':
      return conference.members.map(prettyLine).join('');
    case 'delim':
      return memberLines(conference, toDelimiter(words[1]));
    default:
      return memberLines(conference, ';');
  }
}

/** `conference list [summary|pretty|delim x]`: every room with its members. */
export function formatAllRooms(rooms: readonly Conference[], words: readonly string[]): string {
  if (rooms.length === 0) return '+OK No active conferences.\n';
  return rooms
    .map((room) => {
      const members = words[0]?.toLowerCase() === 'summary' ? '' : formatList(room, words);
      return `${roomLine(room)}${members}`;
    })
    .join('');
}

function roomLine(room: Conference): string {
  const size = sizeOf(room);
  const flags = [
    room.locked ? 'locked' : '',
    'running',
    room.answered ? 'answered' : '',
    room.enforceMin ? 'enforce_min' : '',
    'dynamic',
    'exit_sound',
    'enter_sound',
    room.recordings.length > 0 ? 'recording' : '',
    'json_status',
  ];
  const head = `+OK Conference ${room.name} (${size} member${size === 1 ? '' : 's'} rate: ${room.rate}`;
  const listed = flags.filter((flag) => flag !== '').join('|');
  return `${head}${room.locked ? ' locked' : ''} flags: ${listed})\n`;
}

function memberLines(conference: Conference, delimiter: string): string {
  return conference.members
    .map((member) => {
      const { channel } = member;
      const fields = [
        member.id,
        channel.name,
        channel.uuid,
        channel.caller.callerIdName,
        channel.caller.callerIdNumber,
        flagsOf(conference, member),
        member.volumeIn,
        member.volumeOut,
        member.energyLevel,
      ];
      return `${fields.join(delimiter)}\n`;
    })
    .join('');
}

/** While somebody is held, FreeSWITCH hides whether he hears, speaks or talks. */
function flagsOf(conference: Conference, member: Member): string {
  const flags = [
    !member.held && member.canHear ? 'hear' : '',
    !member.held && member.canSpeak ? 'speak' : '',
    !member.held && member.talking ? 'talking' : '',
    member.held ? 'hold' : '',
    conference.floor === member ? 'floor' : '',
    member.flags.moderator ? 'moderator' : '',
    member.flags.ghost ? 'ghost' : '',
  ];
  return flags.filter((flag) => flag !== '').join('|');
}

function prettyLine({ id, channel }: Member): string {
  return `${id}) ${channel.caller.callerIdName} (${channel.caller.callerIdNumber})\n`;
}

function toDelimiter(word: string | undefined): string {
  const bare = word?.startsWith('"') === true ? word.slice(1).replace(/".*$/, '') : word;
  return bare === undefined || bare === '' ? ';' : bare;
}
