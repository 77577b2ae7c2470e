import type { RoomId } from '../../protocol/room/room.ts';

/** Chance as an argument: that many random bytes. */
export type Random = (byteCount: number) => Uint8Array;

/** RFC 4648 section 6, in small letters. */
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** A room's name: 80 random bits, and nothing a switch could read as anything but a name. */
export function newRoomId(random: Random): RoomId {
  return `m-${letters(16, random)}` as RoomId;
}

/** A person nobody named: 80 random bits. */
export function newPersonId(random: Random): string {
  return `p-${letters(16, random)}`;
}

/** Five bits a letter; 32 divides 256, so every letter is as likely. */
export function letters(count: number, random: Random): string {
  return Array.from(random(count), (byte) => BASE32[byte & 31]).join('');
}

/** 128 bits or more for passwords and session names, 6 bits a character. */
export function secret(byteCount: number, random: Random): string {
  return Buffer.from(random(byteCount)).toString('base64url');
}
