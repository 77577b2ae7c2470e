import type { Dialog } from '../../protocol/sip/dialog.ts';
import { header } from '../../protocol/sip/message.ts';
import type { SipRequest, SipResponse } from '../../protocol/sip/message.ts';
import { RtpPeer } from '../support/rtp-peer.ts';
import { SipPeer } from '../support/sip-peer.ts';

const IDENTITY = { name: 'X-Partyline', value: 'v1.eyJhIjoxfQ.c2ln' };
const INFO_BODIES = {
  'application/dtmf-relay': (digit: string) => `Signal=${digit}\r\nDuration=160\r\n`,
  'application/dtmf': (digit: string) => digit,
};
/** FreeSWITCH finishes a re-INVITE that stops the audio after 230 ms. */
const ANSWER_MS = 5000;

/** A phone that does what a scene says: it calls or is called, sends a tone, presses keys. */
export class Phone {
  readonly user: string;
  readonly sip: SipPeer;
  readonly rtp: RtpPeer;
  readonly #server: string;
  #invite: SipRequest | undefined;
  #dialog: Dialog | undefined;

  private constructor(user: string, server: string, ends: { sip: SipPeer; rtp: RtpPeer }) {
    this.user = user;
    this.#server = server;
    this.sip = ends.sip;
    this.rtp = ends.rtp;
    this.sip.onRequest = (request) => {
      if (request.method === 'BYE' || request.method === 'CANCEL') this.sip.answer(request, 200);
    };
  }

  /** `server` is `host:port` of the switch. */
  static async open(user: string, server: string): Promise<Phone> {
    const sip = await SipPeer.udp(Number(server.split(':')[1]));
    return new Phone(user, server, { sip, rtp: await RtpPeer.open({ toneHz: 400 }) });
  }

  /** Sends the INVITE; `answered` takes what comes of it. */
  call(dialled: string): void {
    const invite = this.sip.compose('INVITE', `sip:${dialled}@${this.#server}`, {
      from: `"${this.user}" <sip:${this.user}@127.0.0.1>`,
      headers: [IDENTITY],
      body: this.rtp.sdp('sendrecv'),
    });
    this.#invite = this.sip.send(invite);
  }

  /** The final answer to its INVITE; where it is 200, the phone speaks from now on. */
  async answered(): Promise<SipResponse> {
    const response = await this.sip.response('INVITE', undefined, ANSWER_MS);
    this.#dialog = this.sip.ack(this.sent, response);
    if (response.status < 300) this.#speak(response.body);
    return response;
  }

  /** Answers a call from the switch. */
  accept(invite: SipRequest): void {
    this.#dialog = this.sip.answer(invite, 200, { body: this.rtp.sdp('sendrecv') });
    this.#speak(invite.body);
  }

  cancel(): void {
    this.sip.cancel(this.sent);
  }

  /** Presses a key: RFC 4733, or SIP INFO of that type. */
  async press(digit: string, type?: keyof typeof INFO_BODIES): Promise<void> {
    if (type === undefined) {
      this.rtp.press(digit);
      return;
    }
    const headers = [{ name: 'Content-Type', value: type }];
    this.#request('INFO', { headers, body: INFO_BODIES[type](digit) });
    await this.sip.response('INFO');
  }

  /** Offers again; the direction of the answer. */
  async offerAgain(direction: 'sendrecv' | 'sendonly' | 'inactive' | 'recvonly'): Promise<string> {
    const invite = this.#request('INVITE', { body: this.rtp.sdp(direction) });
    const response = await this.sip.response('INVITE', undefined, ANSWER_MS);
    this.sip.ack(invite, response);
    const said = /a=(sendrecv|sendonly|recvonly|inactive)/.exec(response.body)?.[1] ?? 'sendrecv';
    return `${response.status} ${said}`;
  }

  hangUp(reason?: string): void {
    this.#request('BYE', {
      headers: reason === undefined ? [] : [{ name: 'Reason', value: reason }],
    });
  }

  /** The Reason of the next BYE or CANCEL that comes. */
  async reasonOf(method: 'BYE' | 'CANCEL', withinMs = ANSWER_MS): Promise<string> {
    return header(await this.sip.request(method, withinMs), 'Reason') ?? 'none';
  }

  close(): void {
    this.rtp.close();
    this.sip.close();
  }

  get sent(): SipRequest {
    if (this.#invite === undefined) throw new Error(`${this.user} did not call`);
    return this.#invite;
  }

  #speak(sdp: string): void {
    this.rtp.sendTo(sdp);
    this.rtp.speak();
  }

  #request(method: string, extras: Parameters<SipPeer['inDialog']>[2]): SipRequest {
    if (this.#dialog === undefined) throw new Error(`${this.user} is in no call`);
    const [dialog, request] = this.sip.inDialog(this.#dialog, method, extras);
    this.#dialog = dialog;
    return request;
  }
}
