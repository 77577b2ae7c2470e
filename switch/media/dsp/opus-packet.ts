/** Of `config` in RFC 6716 table 2: from here on CELT alone, which tells nothing of voice. */
const FIRST_CELT_CONFIG = 16;
const STEREO = 0x04;
const FRAME_COUNT = 0x03;
const VOICE_OF_FIRST_FRAME = 0x80;

/**
 * Whether its sender found no voice in a packet, read without decoding: SILK's flag is its first bit
 * (RFC 6716 section 4.2.3). False where the packet does not say: CELT, stereo, more frames than one.
 */
export function isWithoutVoice(payload: Uint8Array): boolean {
  const [toc, first] = payload;
  if (toc === undefined) return true;
  if (toc >> 3 >= FIRST_CELT_CONFIG || (toc & (STEREO | FRAME_COUNT)) !== 0) return false;
  // A packet of its header alone is silence that is not sent (section 3.4).
  return first === undefined || (isOneSilkFrame(toc) && (first & VOICE_OF_FIRST_FRAME) === 0);
}

/** SILK alone may put 40 or 60 ms into one frame, with a flag for each 20. */
function isOneSilkFrame(toc: number): boolean {
  const config = toc >> 3;
  return config >= 12 || config % 4 < 2;
}
