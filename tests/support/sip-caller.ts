import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
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

const FRAME_SAMPLES = 160;

export interface CallerOptions {
  /** `host:port` of the SIP server. */
  readonly server: string;
  readonly user: string;
  readonly headers?: readonly SipHeader[];
}

/**
 * A bare SIP caller on UDP: one INVITE, G.711 µ-law both ways, BYE. Loads and conformance runs use
 * many; it retransmits nothing and registers nowhere.
 */
export class SipCaller {
  readonly #sip: Socket;
  readonly #rtp: Socket;
  readonly #options: CallerOptions;
  readonly #callId: string;
  #dialog: { readonly to: string; readonly target: string } | undefined;
  #mediaPort = 0;
  #frame = 0;
  #frameSent: ((atNs: bigint) => void) | undefined;
  #answered: ((response: SipResponse) => void) | undefined;
  #ended: (() => void) | undefined;
  /** RTP packets heard so far. */
  packetsIn = 0;
  /** Told of each RTP packet: its payload and when it came (process.hrtime, in ns). */
  onPacket: ((payload: Uint8Array, atNs: bigint) => void) | undefined;
  /** Settles when the far end has said BYE. */
  readonly ended = new Promise<void>((resolve) => {
    this.#ended = resolve;
  });

  private constructor(sip: Socket, rtp: Socket, options: CallerOptions) {
    this.#sip = sip;
    this.#rtp = rtp;
    this.#options = options;
    this.#callId = `caller-${portOf(sip)}-${Date.now()}`;
    sip.on('message', (bytes) => this.#onSip(bytes));
    rtp.on('message', (bytes) => {
      this.packetsIn += 1;
      this.onPacket?.(bytes.subarray(12), process.hrtime.bigint());
    });
  }

  static async open(options: CallerOptions): Promise<SipCaller> {
    return new SipCaller(await bound(), await bound(), options);
  }

  /** Sends the INVITE; its final response. */
  call(dialled: string): Promise<SipResponse> {
    const invite = this.#request(
      'INVITE',
      `sip:${dialled}@${this.#options.server}`,
      1,
      this.#offer(),
    );
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#send(invite);
    });
  }

  /** Sends one 20 ms frame of µ-law. */
  sendFrame(payload: Uint8Array): void {
    const packet = Buffer.alloc(12 + payload.length);
    packet[0] = 0x80;
    packet.writeUInt16BE(this.#frame & 0xffff, 2);
    packet.writeUInt32BE((this.#frame * FRAME_SAMPLES) >>> 0, 4);
    packet.writeUInt32BE(portOf(this.#rtp), 8);
    packet.set(payload, 12);
    this.#frame += 1;
    this.#rtp.send(packet, this.#mediaPort, '127.0.0.1');
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
    this.#rtp.close();
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

  #offer(): string {
    return [
      'v=0',
      'o=- 1 1 IN IP4 127.0.0.1',
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${portOf(this.#rtp)} RTP/AVP 0 101`,
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=sendrecv',
      '',
    ].join('\r\n');
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
    this.#mediaPort = Number(/m=audio (\d+)/.exec(response.body)?.[1] ?? 0);
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

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

function portOf(socket: Socket): number {
  return socket.address().port;
}
