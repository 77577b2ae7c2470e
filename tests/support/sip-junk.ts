import { APPLICATION } from '../data/rfc4475/application.ts';
import { INVALID } from '../data/rfc4475/invalid.ts';
import { VALID } from '../data/rfc4475/valid.ts';
import type { Dice } from './dice.ts';

/** What a field can hold that its reader did not think of; after the PROTOS suite (c07-sip). */
export const ANOMALIES = [
  ...['', ' ', '\t', ';', ';;;', ',', ',,,', '"', '""', '"\\', '<', '>', '<>', '<<>>', '@', ':'],
  ...['0', '-1', '+5', '5 5', '0x10', '1e9', '65536', '2147483648', '4294967296', '1'.repeat(40)],
  ...['%', '%00', '%0d%0a', '%n%s%x', '%25%34%31', '${system(id)}', '../../etc/passwd', '$(id)'],
  ...['a'.repeat(300), 'a'.repeat(9000), 'é', '😀', '\u0000', '\u0007', '\u001b[31m', '\u202e'],
  ...['*', 'None', 'null', 'undefined', '__proto__', 'constructor', "' OR 1=1 --", '<script>'],
  ...['sip:', 'sip:@', 'sip:a@', 'sip:a@[', 'sip:a@[::1', 'sip:%@x', 'sip:a@b:99999', 'tel:+1'],
  ...['nobodyKnows:x', 'sip:a@b?Route=x', 'sip:a@b;x;x', '<sip:a@b', '"Joe <sip:a@b>', 'sip:é@b'],
  ...[
    'SIP/2.0/UDP',
    'SIP/2.0/UDP ;;;',
    'SIP/7.0/UDP x',
    'SIP/2.0/X 255.255.255.255;branch=z9hG4bK',
  ],
  ...['1 INVITE', '4294967296 INVITE', 'INVITE', '1', '1 RE%47', 'Digest', 'Digest nonce="', 'x=y'],
  ...['\r\n folded', '\r\nX-Partyline: v1.x.y', ' \r\n\t\r\n z', 'a\rb', 'a\nb'],
];

const METHODS = [
  ...['INVITE', 'REGISTER', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'SUBSCRIBE', 'MESSAGE'],
  ...['REFER', 'INFO', 'UPDATE', 'PRACK', 'NOTIFY', 'PUBLISH', 'RE%47ISTER', 'invite'],
];

const OPTIONAL = [
  ...['Contact', 'Max-Forwards', 'Content-Length', 'Content-Type', 'Expires', 'Require'],
  ...['Supported', 'Route', 'Record-Route', 'Authorization', 'Proxy-Authorization'],
  ...['Session-Expires', 'Min-SE', 'RAck', 'X-Partyline', 'X-Partyline ', 'Refer-To'],
  ...['P-Asserted-Identity', 'Diversion', 'Replaces', 'Event', 'User-Agent', 'Date'],
];

const TORTURE = [...VALID, ...INVALID, ...APPLICATION].map((each) => each.bytes);

export interface JunkAddress {
  /** `UDP`, `TCP` or `WS`, as the Via has it. */
  readonly transport: string;
  /** What the sender calls itself. */
  readonly host: string;
  /** `host:port` of the server. */
  readonly server: string;
}

/** All of RFC 4475 first, then by turns: a field that went wrong, bytes that did, noise. */
export function sipJunk(dice: Dice, n: number, at: JunkAddress): Buffer {
  const torture = TORTURE[n];
  if (torture !== undefined) return torture;
  const kind = dice.below(8);
  if (kind === 0) return dice.bytes(dice.below(600));
  if (kind === 1) return dice.spoil(dice.pick(TORTURE));
  const message = oddMessage(dice, n, at);
  return kind === 2 ? dice.spoil(message) : message;
}

/** A message that would be right, but for one or two of its fields. */
function oddMessage(dice: Dice, n: number, { transport, host, server }: JunkAddress): Buffer {
  const method = dice.pick(METHODS);
  const fields = new Map<string, string>([
    ['Via', `SIP/2.0/${transport} ${host};rport;branch=z9hG4bK-junk-${n}`],
    ['From', `<sip:visitor@${host}>;tag=junk-${n}`],
    ['To', `<sip:4999@${server}>${dice.below(3) === 0 ? `;tag=${n}` : ''}`],
    ['Call-ID', `junk-${n}@${host}`],
    ['CSeq', `${n + 1} ${method}`],
    ['Contact', `<sip:visitor@${host}>`],
    ['Max-Forwards', '70'],
    ['Content-Length', '0'],
  ]);
  for (let odd = dice.below(2); odd >= 0; odd -= 1) {
    const name = dice.pick([...OPTIONAL, 'Via', 'From', 'To', 'Call-ID', 'CSeq']);
    if (dice.below(10) === 0) fields.delete(name);
    else fields.set(name, dice.pick(ANOMALIES));
  }
  const uri = dice.below(6) === 0 ? dice.pick(ANOMALIES) : `sip:4999@${server}`;
  const start =
    dice.below(8) === 0
      ? `SIP/2.0 ${dice.pick(['200 OK', '401 No', '487 X', '999 X', '100 Trying', '4294967301 X'])}`
      : `${method} ${uri} SIP/2.0`;
  const lines = [...fields].map(([name, value]) => `${name}: ${value}`);
  if (dice.below(10) === 0) lines.push(dice.pick(lines));
  return Buffer.from(`${start}\r\n${lines.join('\r\n')}\r\n\r\n`);
}
