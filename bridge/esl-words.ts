import { isParticipantId, isRoomId } from '../protocol/room/room.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { isMemberId } from './from-esl.ts';

/*
 * The words that may stand in a command. Brands hold at compile time only; these hold on the wire,
 * where one space is a second word and a line feed is a second command.
 */

export function roomName(room: RoomId): string {
  if (!isRoomId(room)) throw new Error('not a room id');
  return room;
}

export function legName(leg: ParticipantId): string {
  if (!isParticipantId(leg)) throw new Error('not a participant id');
  return leg;
}

export function memberNumber(memberId: number): string {
  if (!isMemberId(memberId)) throw new Error('not a member id');
  return String(memberId);
}

export function volumeStep(level: number): string {
  if (!Number.isInteger(level) || Math.abs(level) > 4) throw new Error('not a volume step');
  return String(level);
}

/** An absolute path in which FreeSWITCH expands nothing and sees no parameters. */
export function isSoundFile(path: string): boolean {
  return /^\/[\p{L}\p{N} _.,+@()~/-]+$/u.test(path);
}

export function soundFile(path: string): string {
  if (!isSoundFile(path)) throw new Error(`not a sound file's path: ${JSON.stringify(path)}`);
  return path;
}

/** One file, or several to be played one after the other (mod_dptools.c, file_string). */
export function soundFiles(paths: readonly string[]): string {
  const files = paths.map(soundFile);
  if (files.length === 0) throw new Error('no sound file');
  return files.length === 1 ? files.join('') : `file_string://${files.join('!')}`;
}

/** As one word of a command, whatever spaces it has. */
export function quoted(word: string): string {
  return word.includes(' ') ? `'${word}'` : word;
}
