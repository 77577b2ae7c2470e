import type { Dice } from './dice.ts';

const ANOMALIES = [
  ...['', ' ', 'a'.repeat(4000), '-1', '0', '65536', '4294967296', '%n', '\u0000', 'é😀'],
  ...['IN IP4', 'IN IP6 ::1', 'IN IP4 255.255.255.255', 'IN IP4 host.invalid', 'audio'],
  ...['audio 0 RTP/AVP 0', 'audio 99999 RTP/AVP 0', 'audio 4000 RTP/AVP', 'video 1 X 0'],
  ...['audio 4000 RTP/SAVPF 111', 'audio 4000/999999 RTP/AVP 0 0 0', 'rtpmap:', 'rtpmap:0'],
  ...['rtpmap:0 PCMU/0', 'rtpmap:0 PCMU/8000/99', 'rtpmap:999 X/1', 'fmtp:0 ;;;=', 'ptime:0'],
  ...['ptime:-20', 'maxptime:999999999', 'rtcp:0', 'rtcp:70000 IN IP4 x', 'crypto:1 X y'],
  ...['fingerprint:sha-256 00', 'ice-ufrag:', 'candidate:1 3 UDP x y z typ host', 'setup:x'],
];

/** A session description, some of whose lines went wrong, are gone, or stand twice. */
export function sdpJunk(dice: Dice, sdp: string): string {
  if (dice.below(10) === 0) return `v=0\r\n${dice.spoil(Buffer.from(sdp)).toString('latin1')}`;
  let lines = sdp.split('\r\n').slice(0, -1);
  for (let n = dice.below(3); n >= 0; n -= 1) {
    const at = dice.below(lines.length);
    const line = lines[at] ?? '';
    const odd = `${line.slice(0, 2)}${dice.pick(ANOMALIES)}`;
    const instead = dice.pick([[odd], [odd], [odd], [], [line, line], [`${line} `]]);
    lines = [...lines.slice(0, at), ...instead, ...lines.slice(at + 1)];
  }
  return `${lines.join('\r\n')}\r\n`;
}
