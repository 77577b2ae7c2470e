import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { withTag } from '../../protocol/sip/address.ts';
import { formatMessage } from '../../protocol/sip/format.ts';
import {
  header,
  type SipHeader,
  type SipRequest,
  type SipResponse,
} from '../../protocol/sip/message.ts';
import { parseMessage } from '../../protocol/sip/parse.ts';
import { createRequest, replaceTopVia, withTopVia } from '../../protocol/sip/request.ts';
import { createResponse } from '../../protocol/sip/response.ts';
import { boundUdp, PhoneMedia } from './caller-media.ts';
import type { CallerMedia } from './caller-media.ts';

export interface CallerOptions {
  /** `host:port` of the SIP server. */
  readonly server: string;
  readonly user: string;
  readonly headers?: readonly SipHeader[];
  /** A phone's, with G.711 µ-law, when absent. */
  readonly media?: CallerMedia;
}

/**
 * A bare SIP caller on UDP: one INVITE, media both ways, BYE. Loads and conformance runs use many;
 * it retransmits nothing and registers nowhere.
 */
export class SipCaller {
  readonly #sip: Socket;
  readonly media: CallerMedia;
  readonly #options: CallerOptions;
  readonly #callId: string;
  #dialog: { readonly to: string; readonly target: string } | undefined;
  #frameSent: ((atNs: bigint) => void) | undefined;
  #answered: ((response: SipResponse) => void) | undefined;
  #ended: (() => void) | undefined;
  /** Settles when the far end has said BYE. */
  readonly ended = new Promise<void>((resolve) => {
    this.#ended = resolve;
  });

  private constructor(sip: Socket, media: CallerMedia, options: CallerOptions) {
    this.#sip = sip;
    this.media = media;
    this.#options = options;
    // FreeSWITCH names the leg by it.
    this.#callId = randomUUID();
    sip.on('message', (bytes) => this.#onSip(bytes));
  }

  static async open(options: CallerOptions): Promise<SipCaller> {
    return new SipCaller(await boundUdp(), options.media ?? (await PhoneMedia.open()), options);
  }

  /** Sends the INVITE; its final response. */
  call(dialled: string): Promise<SipResponse> {
    const invite = this.#request(
      'INVITE',
      `sip:${dialled}@${this.#options.server}`,
      1,
      this.media.offer(),
    );
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#send(invite);
    });
  }

  /** RTP packets heard so far. */
  get packetsIn(): number {
    return this.media.packetsIn;
  }

  /** Sends one encoded 20 ms frame. */
  sendFrame(payload: Uint8Array): void {
    this.media.sendFrame(payload);
    this.#frameSent?.(process.hrtime.bigint());
    this.#frameSent = undefined;
  }

  /** Settles when the next frame has left, with the time (process.hrtime, in ns). */
  nextFrameSent(): Promise<bigint> {
    return new Promise((resolve) => {
      this.#frameSent = resolve;
    });
  }

  hangUp(): void {
    if (this.#dialog === undefined) return;
    this.#send(this.#request('BYE', this.#dialog.target, 2));
  }

  close(): void {
    this.#sip.close();
    this.media.close();
  }

  #request(method: string, uri: string, cseq: number, body = ''): SipRequest {
    const { server, user, headers = [] } = this.#options;
    const me = `127.0.0.1:${portOf(this.#sip)}`;
    const request = createRequest({
      method,
      uri,
      cseq,
      body,
      callId: this.#callId,
      from: `"${user}" <sip:${user}@127.0.0.1>;tag=${portOf(this.#sip)}`,
      to: this.#dialog?.to ?? `<sip:${server}>`,
      contact: `<sip:${user}@${me}>`,
      headers: [
        ...headers,
        ...(body === '' ? [] : [{ name: 'Content-Type', value: 'application/sdp' }]),
      ],
    });
    return withTopVia(
      request,
      `SIP/2.0/UDP ${me};rport;branch=z9hG4bK${this.#callId}${method}${cseq}`,
    );
  }

  #send(message: SipRequest | SipResponse): void {
    const [host = '', port = ''] = this.#options.server.split(':');
    this.#sip.send(formatMessage(message), Number(port), host);
  }

  #onSip(bytes: Uint8Array): void {
    const message = parseMessage(bytes);
    if (message.kind === 'response') this.#onResponse(message);
    else if (message.method === 'BYE') {
      this.#send(createResponse(message, 200));
      this.#ended?.();
    } else if (message.method !== 'ACK') this.#send(createResponse(message, 200));
  }

  #onResponse(response: SipResponse): void {
    if (response.status < 200 || header(response, 'CSeq') !== '1 INVITE') return;
    const to = header(response, 'To') ?? withTag('<sip:none>', 'none');
    const target =
      /<([^>]+)>/.exec(header(response, 'Contact') ?? '')?.[1] ?? `sip:${this.#options.server}`;
    this.#dialog = { to, target };
    if (response.status < 300) this.media.answered(response.body);
    this.#send(ackFor(this.#request('ACK', target, 1), response));
    this.#answered?.(response);
    this.#answered = undefined;
  }
}

/** The ACK to a refusal belongs to the INVITE's transaction, the one to a 200 is its own. */
function ackFor(ack: SipRequest, response: SipResponse): SipRequest {
  if (response.status < 300) return ack;
  return replaceTopVia(ack, header(response, 'Via') ?? '');
}

function portOf(socket: Socket): number {
  return socket.address().port;
}
