import type { Dialog } from '../../protocol/sip/dialog.ts';
import type { SipRequest } from '../../protocol/sip/message.ts';
import { RtpPeer } from './rtp-peer.ts';
import { SipPeer } from './sip-peer.ts';

/** Mean of |sample| above which a frame holds a tone. */
const SOUND = 500;

/** A desk phone that follows re-INVITEs: where it sends to and hears from changes within its call. */
export class MovedPhone {
  readonly name: string;
  readonly media: RtpPeer;
  readonly #sip: SipPeer;
  #dialog: Dialog | undefined;
  /** Re-INVITEs that it took, and BYEs that it heard. */
  moves = 0;
  ends = 0;

  private constructor(name: string, sip: SipPeer, media: RtpPeer) {
    this.name = name;
    this.#sip = sip;
    this.media = media;
    sip.onRequest = (request) => this.#onRequest(request);
  }

  /** Calls `uri` at a server's port; says its tone, or silence, once it is answered. */
  static async dial(
    name: string,
    to: { readonly port: number; readonly uri: string },
    toneHz?: number,
  ): Promise<MovedPhone> {
    const media = await RtpPeer.open(toneHz === undefined ? {} : { toneHz });
    const sip = await SipPeer.udp(to.port);
    const phone = new MovedPhone(name, sip, media);
    const from = `"${name}" <sip:${name}@phones.example>`;
    const invite = sip.send(sip.compose('INVITE', to.uri, { body: media.sdp(), from }));
    const answer = await sip.response('INVITE', 200, 15_000);
    phone.#dialog = sip.ack(invite, answer);
    media.sendTo(answer.body);
    media.speak();
    return phone;
  }

  /** Milliseconds from now until it hears sound that came after `since` re-INVITEs. */
  async hearsAgain(since: number, withinMs: number): Promise<number> {
    const began = performance.now();
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${this.name} hears nothing`)), withinMs);
      this.media.onSound = (pcm) => {
        const loudness = pcm.reduce((sum, sample) => sum + Math.abs(sample), 0) / pcm.length;
        if (this.moves <= since || loudness < SOUND) return;
        clearTimeout(late);
        this.media.onSound = undefined;
        resolve();
      };
    });
    return performance.now() - began;
  }

  /** Keys as INFO requests, each after the answer to the one before. */
  async press(keys: string): Promise<void> {
    for (const key of keys) {
      if (this.#dialog === undefined) throw new Error('not in a call');
      [this.#dialog] = this.#sip.inDialog(this.#dialog, 'INFO', {
        headers: [{ name: 'Content-Type', value: 'application/dtmf-relay' }],
        body: `Signal=${key}\r\nDuration=160\r\n`,
      });
      await this.#sip.response('INFO');
    }
  }

  hangUp(): void {
    if (this.#dialog !== undefined) this.#sip.inDialog(this.#dialog, 'BYE');
  }

  close(): void {
    this.media.close();
    this.#sip.close();
  }

  #onRequest(request: SipRequest): void {
    if (request.method === 'BYE') this.ends += 1;
    if (request.method !== 'INVITE') {
      if (request.method !== 'ACK') this.#sip.answer(request, 200);
      return;
    }
    this.moves += 1;
    this.media.sendTo(request.body);
    this.#sip.answer(request, 200, { body: this.media.sdp() });
  }
}
