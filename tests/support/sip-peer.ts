import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import type { Dialog } from '../../protocol/sip/dialog.ts';
import {
  ackForAnswer,
  dialogOfClient,
  dialogOfServer,
  nextRequest,
} from '../../protocol/sip/dialog.ts';
import { SipProtocolError } from '../../protocol/sip/errors.ts';
import { formatMessage } from '../../protocol/sip/format.ts';
import type { SipHeader, SipMessage, SipRequest, SipResponse } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { parseMessage } from '../../protocol/sip/parse.ts';
import { ackForFailure, cancelFor, createRequest, withTopVia } from '../../protocol/sip/request.ts';
import { createResponse } from '../../protocol/sip/response.ts';

/** How long a message is waited for that nobody bounds: a busy machine's time, less than a test has. */
const PATIENT_MS = 8_000;

export const SDP = (port = 4000, more = 'a=sendrecv') =>
  [
    ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'],
    ...[`m=audio ${port} RTP/AVP 0`, more, ''],
  ].join('\r\n');

interface Line {
  readonly address: string;
  readonly port: number;
}

interface Wire {
  readonly transport: 'UDP' | 'TCP' | 'WS';
  readonly host: string;
  /** Where a WebSocket comes from; its Via does not say. */
  readonly line?: Line;
  send(text: string, to: { readonly address: string; readonly port: number }): void;
  close(): void;
}

interface Extras {
  readonly headers?: readonly SipHeader[];
  readonly body?: string;
}

/** A bare, scripted SIP peer: it says what a test has it say, and keeps what it hears. */
export class SipPeer {
  readonly heard: SipMessage[] = [];
  readonly #wire: Wire;
  readonly #server: { readonly address: string; readonly port: number };
  readonly #seen = new Set<string>();
  readonly #waiting = new Set<() => void>();
  #branches = 0;
  #from = { address: '127.0.0.1', port: 0 };
  /** Answers what no test waits for, as a live peer would. */
  onRequest: ((request: SipRequest) => void) | undefined;
  /** Told of everything that it hears, once. */
  onHeard: ((message: SipMessage) => void) | undefined;
  /** The last word on what it sends: what no writer of ours would write. */
  spell: (text: string) => string = (text) => text;

  private constructor(wire: Wire, serverPort: number) {
    this.#wire = wire;
    this.#server = { address: '127.0.0.1', port: serverPort };
  }

  /** `address` is its own. */
  static async udp(serverPort: number, address = '127.0.0.1'): Promise<SipPeer> {
    const socket = createSocket('udp4');
    socket.bind(0, address);
    await once(socket, 'listening');
    const wire: Wire = {
      transport: 'UDP',
      host: `${address}:${socket.address().port}`,
      send: (text, to) => socket.send(text, to.port, to.address),
      close: () => socket.close(),
    };
    const peer = new SipPeer(wire, serverPort);
    socket.on('message', (bytes, from) => peer.#hear(bytes, from));
    return peer;
  }

  static async tcp(serverPort: number): Promise<SipPeer> {
    const socket = connect(serverPort, '127.0.0.1');
    await once(socket, 'connect');
    const wire: Wire = {
      transport: 'TCP',
      host: `127.0.0.1:${socket.localPort ?? 0}`,
      send: (text) => socket.write(text),
      close: () => socket.destroy(),
    };
    const peer = new SipPeer(wire, serverPort);
    let pending = '';
    // A server that was killed resets it; what a test misses then, it says itself.
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      pending += bytes.toString('latin1');
      for (let end = endOfMessage(pending); end > 0; end = endOfMessage(pending)) {
        peer.#hear(Buffer.from(pending.slice(0, end), 'latin1'), peer.#server);
        pending = pending.slice(end);
      }
    });
    return peer;
  }

  static async ws(wsPort: number): Promise<SipPeer> {
    const socket = new WebSocket(`ws://127.0.0.1:${wsPort}`, 'sip');
    const upgraded = once(socket, 'upgrade') as Promise<[IncomingMessage]>;
    const [[response]] = await Promise.all([upgraded, once(socket, 'open')]);
    const { localAddress = '', localPort = 0 } = response.socket;
    const wire: Wire = {
      transport: 'WS',
      host: 'abc123.invalid',
      line: { address: localAddress, port: localPort },
      send: (text) => socket.send(text),
      close: () => socket.terminate(),
    };
    const peer = new SipPeer(wire, wsPort);
    socket.on('message', (data: Buffer) => peer.#hear(data, peer.#server));
    return peer;
  }

  get host(): string {
    return this.#wire.host;
  }

  get line(): Line {
    if (this.#wire.line === undefined)
      throw new Error('only a WebSocket hides where it comes from');
    return this.#wire.line;
  }

  get contact(): string {
    const parameter = { UDP: '', TCP: ';transport=tcp', WS: ';transport=ws' };
    return `<sip:peer@${this.host}${parameter[this.#wire.transport]}>`;
  }

  /** A request outside any dialog, ready to send. */
  compose(
    method: string,
    uri: string,
    extras: Extras & { from?: string; cseq?: number; callId?: string; to?: string } = {},
  ): SipRequest {
    const { from = '<sip:visitor@127.0.0.1>', cseq = 1, body = '', headers = [] } = extras;
    const n = (this.#branches += 1);
    return createRequest({
      method,
      uri,
      from: `${from};tag=from-${n}`,
      to: extras.to ?? `<${uri}>`,
      // FreeSWITCH names the leg by it.
      callId: extras.callId ?? randomUUID(),
      cseq,
      contact: this.contact,
      headers: [...headers, ...typeOf(body)],
      body,
    });
  }

  /** Sends with a new Via; gives the request as sent. */
  send(request: SipRequest, branch = `b${(this.#branches += 1)}`): SipRequest {
    const via = `SIP/2.0/${this.#wire.transport} ${this.host};rport;branch=z9hG4bK-${this.host}-${branch}`;
    const sent = withTopVia(request, via);
    this.say(sent);
    return sent;
  }

  /** Sends as it is. */
  say(message: SipMessage, to = this.#server): void {
    this.#wire.send(this.spell(formatMessage(message)), to);
  }

  sayText(text: string): void {
    this.#wire.send(text, this.#server);
  }

  cancel(sent: SipRequest): void {
    this.say(cancelFor(sent));
  }

  /** Acknowledges the final answer to `invite`; a 2xx gives the dialog. */
  ack(invite: SipRequest, response: SipResponse, body = ''): Dialog {
    if (response.status >= 300) this.say(ackForFailure(invite, response));
    const dialog = dialogOfClient(invite, response);
    const cseq = dialog.localCSeq;
    if (response.status < 300)
      this.send(ackForAnswer(dialog, cseq, { body, headers: typeOf(body) }));
    return dialog;
  }

  /** Sends a request in a dialog; gives the dialog after it and the request as sent. */
  inDialog(dialog: Dialog, method: string, extras: Extras = {}): readonly [Dialog, SipRequest] {
    const { body = '', headers = [] } = extras;
    const [next, request] = nextRequest(dialog, method, {
      body,
      headers: [...headers, ...typeOf(body)],
      contact: this.contact,
    });
    return [next, this.send(request)];
  }

  /** Answers a request that came; gives the dialog where that makes one. */
  answer(request: SipRequest, status: number, extras: Extras = {}): Dialog | undefined {
    const { body = '', headers = [] } = extras;
    const contact = [{ name: 'Contact', value: this.contact }];
    const response = createResponse(request, status, {
      ...(status > 100 ? { toTag: 'peer-tag' } : {}),
      headers: [...contact, ...headers, ...typeOf(body)],
      body,
    });
    this.say(response, this.#from);
    const makesDialog = request.method === 'INVITE' && status > 100 && status < 300;
    return makesDialog ? dialogOfServer(request, response) : undefined;
  }

  /** The next request of that method not taken yet. */
  async request(method: string, withinMs = PATIENT_MS): Promise<SipRequest> {
    const found = await this.#take(
      (message) => message.kind === 'request' && message.method === method,
      `${method} request`,
      withinMs,
    );
    return found as SipRequest;
  }

  /** The next final response to a method, or the next with `status`. */
  async response(method: string, status?: number, withinMs = PATIENT_MS): Promise<SipResponse> {
    const found = await this.#take(
      (message) =>
        message.kind === 'response' &&
        (header(message, 'CSeq') ?? '').endsWith(` ${method}`) &&
        (status === undefined ? message.status >= 200 : message.status === status),
      `${status ?? 'final'} response to ${method}`,
      withinMs,
    );
    return found as SipResponse;
  }

  close(): void {
    this.#wire.close();
  }

  #take(
    wanted: (message: SipMessage) => boolean,
    what: string,
    withinMs: number,
  ): Promise<SipMessage> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const at = this.heard.findIndex(wanted);
        const message = this.heard[at];
        if (!message) return;
        this.heard.splice(at, 1);
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(message);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        const heard = this.heard.map((each) => formatMessage(each).split('\r\n')[0]).join(' | ');
        reject(new Error(`no ${what} within ${withinMs} ms; heard: ${heard}`));
      }, withinMs);
      this.#waiting.add(look);
      look();
    });
  }

  #hear(bytes: Uint8Array, from: { readonly address: string; readonly port: number }): void {
    const message = readable(bytes);
    if (!message) return;
    this.#from = from;
    const start = formatMessage(message).split('\r\n')[0] ?? '';
    const key = `${start} ${header(message, 'Via') ?? ''} ${header(message, 'CSeq') ?? ''} ${header(message, 'RSeq') ?? ''}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.onHeard?.(message);
    if (message.kind === 'request' && this.onRequest) this.onRequest(message);
    this.heard.push(message);
    for (const look of [...this.#waiting]) look();
  }
}

/** The system gives ports again: what is no SIP was meant for whoever had ours before. */
function readable(bytes: Uint8Array): SipMessage | undefined {
  try {
    return parseMessage(bytes);
  } catch (error) {
    if (error instanceof SipProtocolError) return undefined;
    throw error;
  }
}

function typeOf(body: string): SipHeader[] {
  return body.startsWith('v=0') ? [{ name: 'Content-Type', value: 'application/sdp' }] : [];
}

function endOfMessage(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return 0;
  const length = Number(/^Content-Length:\s*(\d+)/im.exec(text.slice(0, head))?.[1] ?? 0);
  return text.length >= head + 4 + length ? head + 4 + length : 0;
}
