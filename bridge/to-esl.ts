import { isParticipantId, isRoomId } from '../protocol/room/room.ts';
import type { ParticipantId, Role, RoomId } from '../protocol/room/room.ts';
import { unreachable } from '../protocol/unreachable.ts';
import { DIGITS_VARIABLE, isMemberId } from './from-esl.ts';
import type { Fix } from './wishes.ts';

/** The conference profile in freeswitch-conf; an unknown name would silently mean 8 kHz and no keys. */
const PROFILE = 'partyline';
/** The channel variable in which a leg keeps who it became at the reception. */
export const WHO_VARIABLE = 'partyline_identity';

const CODE_LENGTH = 10;
const FIRST_DIGIT_MS = 10_000;
const NEXT_DIGIT_MS = 5000;

/**
 * Normal events first and CUSTOM last: FreeSWITCH takes every word after CUSTOM for a subclass.
 */
export const SUBSCRIBE_EVENTS =
  'event json CHANNEL_PARK CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE BACKGROUND_JOB CUSTOM conference::maintenance';
export const SUBSCRIBE_JOBS = 'event json BACKGROUND_JOB';
export const LIST_CHANNELS = 'show channels as json';
export const STATUS = 'status';

/** `true` or `false`, whether it is loaded. */
export function moduleLine(module: string): string {
  if (!/^mod_\w+$/.test(module)) throw new Error('no name of a module');
  return `module_exists ${module}`;
}

/** Why a leg is hung up; sofia turns it into a SIP status while the call is unanswered. */
export type Cause =
  /** 403. */
  | 'CALL_REJECTED'
  /** 486. */
  | 'USER_BUSY'
  /** 404. */
  | 'UNALLOCATED_NUMBER'
  /** 503: another try may find the right node. */
  | 'NORMAL_TEMPORARY_FAILURE'
  /** 480: we could not decide. */
  | 'NO_USER_RESPONSE'
  | 'NORMAL_CLEARING';

/** `quiet`, or mod_conference speaks "Muted" to the member and halts the room for 200 ms. */
export function memberLine(room: RoomId, memberId: number, fix: Fix): string {
  const id = memberNumber(memberId);
  switch (fix.kind) {
    case 'mute':
      return `conference ${roomName(room)} ${fix.on ? 'mute' : 'unmute'} ${id} quiet`;
    case 'deaf':
      return `conference ${roomName(room)} ${fix.on ? 'deaf' : 'undeaf'} ${id} quiet`;
    case 'hold':
      return `conference ${roomName(room)} ${fix.on ? 'hold' : 'unhold'} ${id}`;
    case 'volume-in':
      return `conference ${roomName(room)} volume_in ${id} ${volumeStep(fix.level)}`;
    case 'volume-out':
      return `conference ${roomName(room)} volume_out ${id} ${volumeStep(fix.level)}`;
    default:
      return unreachable(fix);
  }
}

export function kickLine(room: RoomId, memberId: number): string {
  return `conference ${roomName(room)} kick ${memberNumber(memberId)}`;
}

export function lockLine(room: RoomId, on: boolean): string {
  return `conference ${roomName(room)} ${on ? 'lock' : 'unlock'}`;
}

/** One room's list. The list of all rooms would stop every conference command meanwhile. */
export function listLine(room: RoomId): string {
  return `conference ${roomName(room)} json_list`;
}

export function killLine(leg: ParticipantId, cause: Cause): string {
  return `uuid_kill ${legName(leg)} ${cause}`;
}

export function variableLine(leg: ParticipantId, variable: string): string {
  return `uuid_getvar ${legName(leg)} ${variable}`;
}

/** `identity` as protocol/call/identity.ts formats it. */
export function rememberLine(leg: ParticipantId, identity: string): string {
  if (!/^[\w.-]+$/.test(identity)) throw new Error('an identity is base64url and dots');
  return `uuid_setvar ${legName(leg)} ${WHO_VARIABLE} ${identity}`;
}

export function answerMessage(leg: ParticipantId): string {
  return message(leg, 'answer');
}

export function playMessage(leg: ParticipantId, file: string): string {
  return message(leg, 'playback', soundFile(file));
}

/** Asks for up to ten digits ended by `#`; what was typed comes back in `DIGITS_VARIABLE`. */
export function askMessage(leg: ParticipantId, file: string): string {
  const path = soundFile(file);
  const sound = path.includes(' ') ? `'${path}'` : path;
  const invalid = 'silence_stream://100';
  const limits = `1 ${CODE_LENGTH} 1 ${FIRST_DIGIT_MS} #`;
  const result = `${DIGITS_VARIABLE} \\d+ ${NEXT_DIGIT_MS}`;
  return message(leg, 'play_and_get_digits', `${limits} ${sound} ${invalid} ${result}`);
}

/**
 * Sends a leg into its room. `mute` is repeated here because flags given at the joining override
 * the profile's own.
 */
export function joinMessage(
  leg: ParticipantId,
  room: RoomId,
  entry: { readonly role: Role; readonly muted: boolean },
): string {
  const flags = [
    ...(entry.role === 'moderator' ? ['moderator'] : []),
    ...(entry.muted ? ['mute'] : []),
  ];
  const suffix = flags.length > 0 ? `+flags{${flags.join('|')}}` : '';
  return message(leg, 'conference', `${roomName(room)}@${PROFILE}${suffix}`);
}

function message(leg: ParticipantId, application: string, argument?: string): string {
  const lines = [
    `sendmsg ${legName(leg)}`,
    'call-command: execute',
    `execute-app-name: ${application}`,
  ];
  if (argument !== undefined) lines.push(`execute-app-arg: ${argument}`);
  return lines.join('\n');
}

/** An absolute path in which FreeSWITCH expands nothing and sees no parameters. */
export function isSoundFile(path: string): boolean {
  return /^\/[\p{L}\p{N} _.,+@()~/-]+$/u.test(path);
}

function soundFile(path: string): string {
  if (!isSoundFile(path)) throw new Error(`not a sound file's path: ${JSON.stringify(path)}`);
  return path;
}

/* Brands hold at compile time only; these hold on the wire, where one space is a second command. */

function roomName(room: RoomId): string {
  if (!isRoomId(room)) throw new Error('not a room id');
  return room;
}

function legName(leg: ParticipantId): string {
  if (!isParticipantId(leg)) throw new Error('not a participant id');
  return leg;
}

function memberNumber(memberId: number): string {
  if (!isMemberId(memberId)) throw new Error('not a member id');
  return String(memberId);
}

function volumeStep(level: number): string {
  if (!Number.isInteger(level) || Math.abs(level) > 4) throw new Error('not a volume step');
  return String(level);
}
