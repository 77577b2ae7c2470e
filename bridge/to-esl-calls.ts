import type { ParticipantId } from '../protocol/room/room.ts';
import { legName, memberNumber, quoted, soundFiles } from './esl-words.ts';
import type { LegTask } from './to-esl-legs.ts';
import { messageTo } from './to-esl-legs.ts';

/** A call between registered people: a conference that no room is called like. */
export type PairId = string & { readonly __brand: 'PairId' };

const PAIR = /^call-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PROFILE = 'partyline';

export function isPairId(text: string): text is PairId {
  return PAIR.test(text);
}

export function pairOf(caller: ParticipantId): PairId {
  return `call-${legName(caller)}` as PairId;
}

function pairName(pair: PairId): string {
  if (!isPairId(pair)) throw new Error('not the name of a call');
  return pair;
}

/** 180 to a caller (mod_dptools.c, ring_ready). */
export function ringMessage(to: LegTask): string {
  return messageTo(to, 'ring_ready');
}

export function pairMessage(to: LegTask, pair: PairId): string {
  return messageTo(to, 'conference', `${pairName(pair)}@${PROFILE}`);
}

/** So long that nobody hears the end of it: a held call ends before. */
const REPEATS = 40;

/** To everybody in it; who holds the call hears nothing anyway. */
export function musicLine(pair: PairId, files: readonly string[]): string {
  const [file] = files;
  const again = file === undefined ? [] : Array<string>(REPEATS).fill(file);
  return `conference ${pairName(pair)} play ${quoted(soundFiles(again))}`;
}

export function noMusicLine(pair: PairId): string {
  return `conference ${pairName(pair)} stop all`;
}

export function muteLine(pair: PairId, memberId: number, on: boolean): string {
  return `conference ${pairName(pair)} ${on ? 'mute' : 'unmute'} ${memberNumber(memberId)} quiet`;
}

/** The member keeps its id. */
export function intoLine(from: PairId, memberId: number, to: PairId): string {
  return `conference ${pairName(from)} transfer ${pairName(to)}@${PROFILE} ${memberNumber(memberId)}`;
}

/** A key for the far end of a leg: the number that was called may have a menu. */
export function keyLine(leg: ParticipantId, key: string): string {
  if (!/^[0-9*#A-D]$/.test(key)) throw new Error('not a key of a telephone');
  return `uuid_send_dtmf ${legName(leg)} ${key}`;
}

/** mod_conference writes it on each member's channel. */
export const MEMBER_VARIABLE = 'conference_member_id';
