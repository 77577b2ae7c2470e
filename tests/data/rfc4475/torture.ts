/**
 * The torture messages of RFC 4475, written out after its text: what each is about is kept, long
 * runs are made by repetition, and `@LENGTH@` stands for the right Content-Length.
 */
export interface TortureCase {
  readonly section: string;
  readonly name: string;
  readonly bytes: Buffer;
  /** As one datagram. `refuse` has what to answer; `drop` has nothing to answer. */
  readonly datagram: 'accept' | 'drop' | number;
  /** On a stream, where that differs: the connection is lost, or the rest is waited for. */
  readonly stream?: 'broken' | 'waits' | 'accept-then-broken';
}

export const SDP = [
  'v=0',
  'o=mhandley 29739 7272939 IN IP4 192.0.2.3',
  's=-',
  'c=IN IP4 192.0.2.4',
  't=0 0',
  'm=audio 49217 RTP/AVP 0 12',
  'm=video 3227 RTP/AVP 31',
  'a=rtpmap:31 LPC',
  '',
].join('\r\n');

export function bytesOf(head: string, body = ''): Buffer {
  const length = Buffer.byteLength(body);
  const text = head.trimStart().replace(/\n/g, '\r\n').replace('@LENGTH@', String(length));
  return Buffer.from(`${text}\r\n${body}`);
}

/** A plain request, into which one oddity is put. */
export function request(method: string, odd: Readonly<Record<string, string>>, body = ''): Buffer {
  const headers: Record<string, string> = {
    To: 'sip:j.user@example.com',
    From: 'sip:caller@example.net;tag=134161461246',
    'Max-Forwards': '7',
    'Call-ID': 'torture.0ha0isndaksdj@192.0.2.1',
    CSeq: `8 ${method}`,
    Via: 'SIP/2.0/UDP 192.0.2.15;branch=z9hG4bKkdjuw',
    ...odd,
  };
  const { start = `${method} sip:user@example.com SIP/2.0`, ...rest } = headers;
  const lines = Object.entries(rest).map(([name, value]) => `${name}: ${value}`);
  if (!('Content-Length' in rest)) lines.push('Content-Length: @LENGTH@');
  return bytesOf(`${start}\n${lines.join('\n')}\n`, body);
}

