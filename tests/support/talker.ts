import type { SipHeader } from '../../protocol/sip/message.ts';
import { startTicker } from '../../switch/media/ticker.ts';
import { PhoneMedia } from './caller-media.ts';
import { SipCaller } from './sip-caller.ts';

const MU_LAW_SILENCE = new Uint8Array(160).fill(0xff);

/** A caller in a meeting who sends silence for as long as the call lasts. */
export class Talker {
  readonly #caller: SipCaller;
  readonly #media: PhoneMedia;
  #stopSending: () => void = () => undefined;
  /** The status that the INVITE was answered with. */
  status = 0;
  /** When the far end said BYE (milliseconds since 1970). */
  byeAtMs: number | undefined;

  private constructor(caller: SipCaller, media: PhoneMedia) {
    this.#caller = caller;
    this.#media = media;
    void caller.ended.then(() => {
      this.byeAtMs = Date.now();
      this.#stopSending();
    });
  }

  /** Dials and waits for the final answer, whatever it is. */
  static async dial(
    server: string,
    dialled: string,
    user: string,
    headers: readonly SipHeader[] = [],
  ): Promise<Talker> {
    const media = await PhoneMedia.open();
    const caller = await SipCaller.open({ server, user, headers, media });
    const talker = new Talker(caller, media);
    talker.status = (await talker.#caller.call(dialled)).status;
    if (talker.status === 200) talker.#send();
    return talker;
  }

  /** Hangs up as a phone does. */
  hangUp(): void {
    this.#caller.hangUp();
    this.#stopSending();
  }

  /** Presses keys, one after the other. */
  press(keys: string): void {
    this.#media.press(keys);
  }

  /** How many packets came from the far end so far. */
  get packetsIn(): number {
    return this.#caller.packetsIn;
  }

  /** Vanishes: no more sound, no BYE. */
  close(): void {
    this.#stopSending();
    this.#caller.close();
  }

  #send(): void {
    const now = (): number => performance.now();
    this.#stopSending = startTicker(() => this.#caller.sendFrame(MU_LAW_SILENCE), now);
  }
}
