import type { Dice } from './dice.ts';

const STUN_COOKIE = 0x2112a442;

/** One datagram that looks like RTP, RTCP, STUN or DTLS (RFC 7983), or like nothing. */
export function mediaJunk(dice: Dice, ssrc: number): Buffer {
  const junk = dice.bytes(dice.pick([0, 1, 8, 12, 20, 28, 100, 172, 172, 172, 1400]));
  if (junk.length < 12) return junk;
  switch (dice.below(5)) {
    case 0:
      return junk;
    case 1:
      return rtp(junk, dice, ssrc);
    case 2:
      junk[0] = 0x80 | dice.below(32);
      junk[1] = 200 + dice.below(8);
      junk.writeUInt16BE(dice.below(junk.length), 2);
      junk.writeUInt32BE(ssrc >>> 0, 4);
      return junk;
    case 3:
      junk.writeUInt16BE(dice.pick([0x0001, 0x0101, 0x0111, 0x0003, 0x0011]), 0);
      junk.writeUInt16BE(dice.pick([0, junk.length - 12, 0xffff]), 2);
      junk.writeUInt32BE(STUN_COOKIE, 4);
      return junk;
    default:
      junk[0] = dice.pick([20, 21, 22, 23, 25]);
      junk.writeUInt16BE(0xfefd, 1);
      return junk;
  }
}

/** With headers that promise more than there is: CSRCs, an extension, padding. */
function rtp(junk: Buffer, dice: Dice, ssrc: number): Buffer {
  junk[0] = 0x80 | dice.below(64);
  junk[1] = dice.pick([0, 8, 9, 101, 127]);
  if (dice.below(2) === 0) junk.writeUInt32BE(ssrc >>> 0, 8);
  return junk;
}
