export type DatagramKind = 'stun' | 'dtls' | 'rtp' | 'rtcp' | 'junk';

/** What a datagram on a shared port is, by its first bytes (RFC 7983 section 7, RFC 5761 section 4). */
export function kindOf(bytes: Uint8Array): DatagramKind {
  const first = bytes[0];
  const second = bytes[1];
  if (first === undefined || second === undefined) return 'junk';
  if (first < 4) return 'stun';
  if (first >= 20 && first < 64) return 'dtls';
  if (first < 128 || first >= 192) return 'junk';
  return second >= 192 && second <= 223 ? 'rtcp' : 'rtp';
}
