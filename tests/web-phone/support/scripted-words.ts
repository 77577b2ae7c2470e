/** A header's value; '' where there is none. */
export function header(text: string, name: string): string {
  return new RegExp(`^${name}: *(.*)$`, 'im').exec(text)?.[1]?.trim() ?? '';
}

/** Opus alone, from an ICE-lite address where nobody listens. */
export function sdpAnswer(offered: string): string {
  const opus = /a=rtpmap:(\d+) opus/i.exec(offered)?.[1] ?? '111';
  const mid = /a=mid:(\S+)/.exec(offered)?.[1] ?? '0';
  const offeredAs = /^a=(sendonly|inactive)/m.exec(offered)?.[1];
  const direction = offeredAs === 'sendonly' ? 'recvonly' : (offeredAs ?? 'sendrecv');
  return sdp({ opus, mid, direction, setup: 'passive' });
}

/** The same as an offer. */
export const SDP_OFFER = sdp({
  ...{ opus: '111', mid: '0', direction: 'sendrecv', setup: 'actpass' },
});

interface Described {
  readonly opus: string;
  readonly mid: string;
  readonly direction: string;
  readonly setup: 'passive' | 'actpass';
}

function sdp({ opus, mid, direction, setup }: Described): string {
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    `m=audio 9 UDP/TLS/RTP/SAVPF ${opus}`,
    'c=IN IP4 127.0.0.1',
    `a=mid:${mid}`,
    'a=ice-ufrag:scripted',
    'a=ice-pwd:scriptedscriptedscripted',
    `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
    `a=setup:${setup}`,
    'a=rtcp-mux',
    `a=rtpmap:${opus} opus/48000/2`,
    `a=${direction}`,
    '',
  ].join('\r\n');
}
