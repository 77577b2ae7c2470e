import { createHash } from 'node:crypto';
import { letters } from '../../meetings/rules/ids.ts';
import { isMeetingName, isPersonId, isPersonName } from '../../meetings/rules/names.ts';
import type { RoomId } from '../../protocol/room/room.ts';

/** A name of a meeting that ours may have: what is unsound in it becomes a blank. */
export function meetingName(text: string): string {
  return sound(text, isMeetingName, 100) ?? 'Meeting';
}

/** A name of a person that ours may have. */
export function personName(text: string): string {
  return sound(text, isPersonName, 64) ?? 'Guest';
}

/** Our id for somebody whom a client names; the same one for the same name. */
export function personIdOf(userID: string): string {
  return isPersonId(userID) ? userID : `b-${digestLetters(userID)}`;
}

/** As BigBlueButton names people inside: `w_` for those in the browser, `v_` for callers. */
export function internalUserId(room: RoomId, key: string, via: 'w' | 'v'): string {
  return `${via}_${digestLetters(`${room} ${key}`).slice(0, 12)}`;
}

/** Something of ours for the store, which takes no other characters. */
export function digestLetters(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  return letters(32, (count) => digest.subarray(0, count));
}

function sound(
  text: string,
  isSound: (text: string) => boolean,
  longest: number,
): string | undefined {
  const cleaned = [...text]
    .map((character) => (isSound(`a${character}a`) ? character : ' '))
    .join('')
    .replace(/ +/g, ' ')
    .trim();
  const cut = [...cleaned].slice(0, longest).join('').trim();
  return isSound(cut) ? cut : undefined;
}
