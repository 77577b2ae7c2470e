import type { MeetingView } from '../../protocol/http/views.ts';
import type { Dialog } from '../../protocol/sip/dialog.ts';
import type { Product } from './product.ts';
import { RtpPeer } from './rtp-peer.ts';
import { SipPeer } from './sip-peer.ts';

/** A bare phone in a meeting: its SIP dialog and its voice, a steady tone. */
export class TonePhone {
  readonly sip: SipPeer;
  readonly media: RtpPeer;
  dialog: Dialog;

  private constructor(sip: SipPeer, media: RtpPeer, dialog: Dialog) {
    this.sip = sip;
    this.media = media;
    this.dialog = dialog;
  }

  /** `host`: its own address for sound. */
  static async dial(
    product: Product,
    meeting: MeetingView,
    toneHz: number,
    host = '127.0.0.1',
  ): Promise<TonePhone> {
    const sip = await SipPeer.udp(Number(product.sip.split(':')[1]));
    const media = await RtpPeer.open({ toneHz, host });
    sip.onRequest = (request) => {
      if (request.method === 'OPTIONS' || request.method === 'BYE') sip.answer(request, 200);
    };
    const invite = sip.send(
      sip.compose('INVITE', `sip:${meeting.codes.join}@${product.sip}`, { body: media.sdp() }),
    );
    const answer = await sip.response('INVITE', undefined, 10_000);
    if (answer.status !== 200) throw new Error(`the call was refused: ${answer.status}`);
    const dialog = sip.ack(invite, answer);
    media.sendTo(answer.body);
    media.speak();
    return new TonePhone(sip, media, dialog);
  }

  /** Sends an offer within the call; its final status. */
  async offer(sdp: string): Promise<number> {
    const [dialog, invite] = this.sip.inDialog(this.dialog, 'INVITE', { body: sdp });
    this.dialog = dialog;
    const answer = await this.sip.response('INVITE');
    this.sip.ack(invite, answer);
    return answer.status;
  }

  async hangUp(): Promise<void> {
    const [dialog] = this.sip.inDialog(this.dialog, 'BYE');
    this.dialog = dialog;
    await this.sip.response('BYE');
    this.media.close();
    this.sip.close();
  }
}
