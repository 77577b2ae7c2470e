import type { Language } from '../../protocol/call/language.ts';
import { Baresip } from './baresip.ts';
import { earOf, earOn } from './live-ear.ts';
import type { PromptEar } from './prompt-ear.ts';
import { RtpPeer } from './rtp-peer.ts';
import { SDP } from './sip-peer.ts';
import { SippKeypad } from './sipp-keypad.ts';

export interface CallOptions {
  /** What is dialled: `7000`, or a code. */
  readonly dialled: string;
  readonly user: string;
  readonly name?: string;
  /** What the prompts are in; English when absent. */
  readonly language?: Language;
}

/** Their voice: one of `TONES_HZ`. */
export const VOICE_HZ = 900;

/** A phone in a call: it presses keys and knows our recordings when it hears them. */
export interface KeypadPhone {
  readonly ear: PromptEar;
  press(keys: string): Promise<void>;
  hangUp(): void;
  /** Resolves when the call has ended, whoever ended it. */
  over(withinMs?: number): Promise<void>;
}

/** Has a voice too. */
export interface SpeakingPhone extends KeypadPhone {
  /** Hears tones. */
  readonly media: RtpPeer;
  speak(): void;
  hush(): void;
}

type Keypad = 'RFC 4733' | 'SIP INFO';

/** How the keys of a phone travel: baresip sends events in the audio, sipp INFO requests. */
export const KEYPADS: readonly Keypad[] = ['RFC 4733', 'SIP INFO'];

export interface SippOptions extends CallOptions {
  /** An address of its own: callers are known by it. */
  readonly host?: string;
}

/** The calls of one test, put down together. */
export class KeypadPhones {
  /** `host:port` */
  readonly #server: string;
  readonly #stops: (() => unknown)[] = [];

  constructor(server: string) {
    this.#server = server;
  }

  call(keypad: Keypad, options: CallOptions): Promise<KeypadPhone> {
    return keypad === 'RFC 4733' ? this.baresip(options) : this.sipp(options);
  }

  /** An answered call whose keys are RFC 4733 events. */
  async baresip(options: CallOptions): Promise<KeypadPhone> {
    const { user, name, dialled, language = 'en' } = options;
    const phone = await Baresip.start({ user, codec: 'PCMU', toneHz: 0, ...(name && { name }) });
    this.#stops.push(() => phone.stop());
    const live = await earOn(phone, language);
    this.#stops.push(() => live.close());
    await phone.dial(`sip:${dialled}@${this.#server}`);
    return {
      ear: live.ear,
      press: (keys) => Promise.resolve(phone.press(keys)),
      hangUp: () => phone.hangUp(),
      over: async (withinMs) => void (await phone.waitFor('CALL_CLOSED', withinMs)),
    };
  }

  /** An answered call whose keys are INFO requests, from an address of its own where one is named. */
  async sipp(options: SippOptions): Promise<SpeakingPhone> {
    const { host = '127.0.0.1', language = 'en', user, name, dialled } = options;
    const media = await RtpPeer.open({ host });
    this.#stops.push(() => media.close());
    const live = await earOf(media, language);
    this.#stops.push(() => live.close());
    const sipp = await SippKeypad.call({
      ...{ server: this.#server, dialled, user, media: { address: host, port: media.port } },
      ...(name && { name }),
    });
    this.#stops.push(() => sipp.stop());
    media.sendTo(SDP(await sipp.mediaPort()));
    media.speak();
    const speak = (): void => void (media.toneHz = VOICE_HZ);
    const hush = (): void => void (media.toneHz = undefined);
    return {
      ...{ media, speak, hush },

      ear: live.ear,
      press: (keys) => sipp.press(keys),
      hangUp: () => sipp.hangUp(),
      over: (withinMs) => sipp.over(withinMs),
    };
  }

  async stopAll(): Promise<void> {
    for (const stop of this.#stops.splice(0).reverse()) await stop();
  }
}
