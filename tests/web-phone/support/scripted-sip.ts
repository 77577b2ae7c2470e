import type { WebSocket } from 'ws';
import { invitation, offer } from './scripted-caller.ts';
import { header, sdpAnswer } from './scripted-words.ts';

/** What the scripted SIP server does with an INVITE. */
export type InviteAnswer = 'answer' | 'ring' | 'ignore' | number;

interface SipReply {
  readonly status: number;
  readonly extra?: readonly string[];
  readonly body?: string;
}

/** A SIP server of a few lines: challenges an INVITE once, then does as told. No media flows. */
export class ScriptedSip {
  readonly requests: string[] = [];
  answer: InviteAnswer = 'answer';
  /** While true nobody can connect. */
  away = false;
  /** Those that were connected when it was told so are heard no more, and nobody tells them. */
  readonly #deaf = new Set<WebSocket>();
  /** How often somebody tried meanwhile. */
  refused = 0;
  /** The last that connected. */
  #socket: WebSocket | undefined;
  /** Those that are registered, with their Contact. */
  readonly #registered = new Map<WebSocket, string>();
  #invite = '';
  #calls = 0;

  accept(socket: WebSocket): void {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#hear(data.toString(), socket));
    socket.on('close', () => this.#registered.delete(socket));
  }

  count(method: string): number {
    return this.requests.filter((text) => text.startsWith(`${method} `)).length;
  }

  /** How many browsers can be called. */
  get registered(): number {
    return this.#registered.size;
  }

  /** Breaks the connection without a goodbye. */
  breakOff(): void {
    this.#socket?.terminate();
  }

  /** The connection stays up, and nobody is at this end. */
  goDeaf(): void {
    if (this.#socket) this.#deaf.add(this.#socket);
  }

  /** Every browser that is registered is called; one that answers stops the others. */
  ring(caller: { readonly name: string; readonly number: string }): void {
    const call = ++this.#calls;
    for (const [socket, contact] of this.#registered)
      socket.send(invitation({ contact, caller, call }));
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

  #hear(text: string, socket: WebSocket): void {
    if (text.trim() === '') return;
    if (/^SIP\/2\.0/.test(text)) {
      this.#onReply(text, socket);
      return;
    }
    this.requests.push(text);
    if (this.#deaf.has(socket)) return;
    if (text.startsWith('REGISTER')) this.#onRegister(text, socket);
    if (text.startsWith('INVITE')) this.#onInvite(text, socket);
    else if (!text.startsWith('ACK')) this.#reply(text, socket, { status: 200 });
  }

  #onRegister(text: string, socket: WebSocket): void {
    const contact = /<([^>]+)>/.exec(header(text, 'Contact'))?.[1] ?? '';
    if (/expires=0\b/i.test(text)) this.#registered.delete(socket);
    else this.#registered.set(socket, contact);
  }

  /** A browser took a call of ours: it has its ACK, and the others a CANCEL. */
  #onReply(text: string, socket: WebSocket): void {
    if (!/^SIP\/2\.0 2/.test(text) || !/^CSeq: *1 INVITE/im.test(text)) return;
    socket.send(offer.ack(text, this.#registered.get(socket) ?? ''));
    for (const [other, contact] of this.#registered)
      if (other !== socket) other.send(offer.cancel(text, contact));
  }

  #onInvite(text: string, socket: WebSocket): void {
    if (!/^Authorization:/im.test(text)) {
      const challenge = 'WWW-Authenticate: Digest realm="partyline", nonce="n0", qop="auth"';
      this.#reply(text, socket, { status: 401, extra: [challenge] });
      return;
    }
    this.#invite = text;
    if (typeof this.answer === 'number') this.#reply(text, socket, { status: this.answer });
    if (this.answer === 'ring') this.#reply(text, socket, { status: 180 });
    if (this.answer === 'answer') this.#reply(text, socket, { status: 200, body: sdpAnswer(text) });
  }

  #reply(request: string, socket: WebSocket, { status, extra = [], body = '' }: SipReply): void {
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
    socket.send(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }
}

/** A registration is confirmed for as long as it asks. */
function contactFor(request: string): string {
  if (!request.startsWith('REGISTER')) return 'Contact: <sip:room@127.0.0.1;transport=ws>';
  return `Contact: ${header(request, 'Contact').replace(/;expires=\d+/, '')};expires=300`;
}

function withTag(to: string): string {
  return to.includes('tag=') ? to : `${to};tag=scripted`;
}
