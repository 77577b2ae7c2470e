import type { WebSocket } from 'ws';

/** What the scripted SIP server does with an INVITE. */
export type InviteAnswer = 'answer' | 'ignore' | number;

interface SipReply {
  readonly status: number;
  readonly extra?: readonly string[];
  readonly body?: string;
}

/** A SIP server of a few lines: challenges an INVITE once, then does as told. No media flows. */
export class ScriptedSip {
  readonly requests: string[] = [];
  answer: InviteAnswer = 'answer';
  #socket: WebSocket | undefined;
  #invite = '';

  accept(socket: WebSocket): void {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#hear(data.toString()));
  }

  count(method: string): number {
    return this.requests.filter((text) => text.startsWith(`${method} `)).length;
  }

  /** Breaks the connection without a goodbye. */
  breakOff(): void {
    this.#socket?.terminate();
  }

  /** Hangs up as the server. */
  bye(): void {
    const [from, to] = [header(this.#invite, 'From'), header(this.#invite, 'To')];
    const contact = /<([^>]+)>/.exec(header(this.#invite, 'Contact'))?.[1] ?? '';
    this.#socket?.send(
      [
        `BYE ${contact} SIP/2.0`,
        'Via: SIP/2.0/WS scripted.invalid;branch=z9hG4bKbye1',
        'Max-Forwards: 70',
        `From: ${to};tag=scripted`,
        `To: ${from}`,
        `Call-ID: ${header(this.#invite, 'Call-ID')}`,
        'CSeq: 1 BYE',
        'Content-Length: 0',
        '\r\n',
      ].join('\r\n'),
    );
  }

  #hear(text: string): void {
    if (/^SIP\/2\.0/.test(text) || text.trim() === '') return;
    this.requests.push(text);
    if (text.startsWith('INVITE')) this.#onInvite(text);
    else if (!text.startsWith('ACK')) this.#reply(text, { status: 200 });
  }

  #onInvite(text: string): void {
    if (!/^Authorization:/im.test(text)) {
      const challenge = 'WWW-Authenticate: Digest realm="partyline", nonce="n0", qop="auth"';
      this.#reply(text, { status: 401, extra: [challenge] });
      return;
    }
    this.#invite = text;
    if (typeof this.answer === 'number') this.#reply(text, { status: this.answer });
    if (this.answer === 'answer') this.#reply(text, { status: 200, body: sdpAnswer(text) });
  }

  #reply(request: string, { status, extra = [], body = '' }: SipReply): void {
    const lines = [
      `SIP/2.0 ${status} Scripted`,
      ...(request.match(/^Via:.*$/gim) ?? []),
      `From: ${header(request, 'From')}`,
      withTag(`To: ${header(request, 'To')}`),
      `Call-ID: ${header(request, 'Call-ID')}`,
      `CSeq: ${header(request, 'CSeq')}`,
      contactFor(request),
      ...extra,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.#socket?.send(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }
}

function header(text: string, name: string): string {
  return new RegExp(`^${name}: *(.*)$`, 'im').exec(text)?.[1]?.trim() ?? '';
}

/** A registration is confirmed for as long as it asks. */
function contactFor(request: string): string {
  if (!request.startsWith('REGISTER')) return 'Contact: <sip:room@127.0.0.1;transport=ws>';
  return `Contact: ${header(request, 'Contact').replace(/;expires=\d+/, '')};expires=300`;
}

function withTag(to: string): string {
  return to.includes('tag=') ? to : `${to};tag=scripted`;
}

/** Opus alone, from an ICE-lite address where nobody listens. */
function sdpAnswer(offer: string): string {
  const opus = /a=rtpmap:(\d+) opus/i.exec(offer)?.[1] ?? '111';
  const mid = /a=mid:(\S+)/.exec(offer)?.[1] ?? '0';
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
    'a=setup:passive',
    'a=rtcp-mux',
    `a=rtpmap:${opus} opus/48000/2`,
    'a=sendrecv',
    '',
  ].join('\r\n');
}
