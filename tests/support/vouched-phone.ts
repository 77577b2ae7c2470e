import type { CallIdentity } from '../../protocol/call/identity.ts';
import type { Dialog } from '../../protocol/sip/dialog.ts';
import { header } from './bridge-world.ts';
import { earOf } from './live-ear.ts';
import type { LiveEar } from './live-ear.ts';
import type { PromptEar } from './prompt-ear.ts';
import { RtpPeer } from './rtp-peer.ts';
import { SipPeer } from './sip-peer.ts';

/** A phone at a switch itself, as the gateway would bring it there; it hears, and presses keys. */
export class VouchedPhone {
  readonly sip: SipPeer;
  readonly media: RtpPeer;
  readonly #live: LiveEar;
  #dialog: Dialog | undefined;

  private constructor(sip: SipPeer, media: RtpPeer, live: LiveEar) {
    this.sip = sip;
    this.media = media;
    this.#live = live;
    sip.onRequest = ({ method, ...request }) => {
      if (method === 'BYE' || method === 'OPTIONS') sip.answer({ method, ...request }, 200);
    };
  }

  /** Not in a call yet. */
  static async at(sipPort: number): Promise<VouchedPhone> {
    const [sip, media] = [await SipPeer.udp(sipPort), await RtpPeer.open()];
    return new VouchedPhone(sip, media, await earOf(media, 'en'));
  }

  get ear(): PromptEar {
    return this.#live.ear;
  }

  async calls(sipPort: number, who: CallIdentity): Promise<void> {
    const invite = this.sip.send(
      this.sip.compose('INVITE', `sip:call@127.0.0.1:${sipPort}`, {
        headers: [{ name: 'X-Partyline', value: header(who) }],
        body: this.media.sdp(),
      }),
    );
    const answer = await this.sip.response('INVITE', 200, 10_000);
    this.#dialog = this.sip.ack(invite, answer);
    this.#talkTo(answer.body);
  }

  /** Takes up the call that comes. */
  async isCalled(): Promise<void> {
    const invite = await this.sip.request('INVITE', 10_000);
    this.#dialog = this.sip.answer(invite, 200, { body: this.media.sdp() });
    await this.sip.request('ACK');
    this.#talkTo(invite.body);
  }

  /** Keys as INFO requests, each after the answer to the one before. */
  async press(keys: string): Promise<void> {
    for (const key of keys) {
      if (this.#dialog === undefined) throw new Error('nobody is called');
      [this.#dialog] = this.sip.inDialog(this.#dialog, 'INFO', {
        headers: [{ name: 'Content-Type', value: 'application/dtmf-relay' }],
        body: `Signal=${key}\r\nDuration=160\r\n`,
      });
      await this.sip.response('INFO');
    }
  }

  close(): void {
    this.#live.close();
    this.media.close();
    this.sip.close();
  }

  #talkTo(sdp: string): void {
    this.media.sendTo(sdp);
    this.media.speak();
  }
}
