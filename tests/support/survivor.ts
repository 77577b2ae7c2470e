import type { MeetingView } from '../../protocol/http/views.ts';
import { Chromium } from './chromium.ts';
import { eventually } from './eventually.ts';
import { hearingIn, hearingOf } from './page-hearing.ts';
import type { Product } from './product.ts';
import { HOME_IP, type RoamingMachine } from './roaming.ts';
import { RowWatch } from './row-watch.ts';
import { SoftphonePage } from './softphone-page.ts';
import { steadySince, ToneLog, type Hearing } from './tone-log.ts';
import { TonePhone } from './tone-phone.ts';

const CARLA_HZ = 620;
const OTHER_HZ = 900;

export interface Survival {
  /** Milliseconds from when the world was whole until the others heard her again; 0: they always did. */
  readonly heardMs: number;
  /** … until she heard the others again. */
  readonly hearsMs: number;
  readonly mostRows: number;
}

/** Carla in a browser and a phone in one meeting, each with a tone; something breaks between them. */
export class Survivor {
  product: Product;
  readonly meeting: MeetingView;
  readonly browser: Chromium;
  carla: SoftphonePage;
  rows: RowWatch;
  #phone: TonePhone;
  #ear: ToneLog;
  readonly #host: string;

  private constructor(
    product: Product,
    meeting: MeetingView,
    parts: { browser: Chromium; carla: SoftphonePage; phone: TonePhone; host: string },
  ) {
    this.product = product;
    this.meeting = meeting;
    this.browser = parts.browser;
    this.carla = parts.carla;
    this.#phone = parts.phone;
    this.#host = parts.host;
    this.#ear = this.#listen();
    this.rows = new RowWatch(product, meeting.id, 'Carla');
  }

  /** `machine`: where the browser runs; absent: on this one. */
  static async start(product: Product, machine?: RoamingMachine): Promise<Survivor> {
    // The tones of who comes and goes would be taken for hers.
    const meeting = await product.createMeeting({ entrySounds: 'none' });
    const host = machine === undefined ? '127.0.0.1' : HOME_IP;
    const browser = await Chromium.start(
      CARLA_HZ,
      machine && {
        prefix: machine.prefix,
        flags: [`--unsafely-treat-insecure-origin-as-secure=${new URL(meeting.joinUrl).origin}`],
      },
    );
    await browser.context.addInitScript(hearingOf(OTHER_HZ));
    const phone = await TonePhone.dial(product, meeting, OTHER_HZ, host);
    const carla = await SoftphonePage.join(browser, meeting.joinUrl, 'Carla');
    const survivor = new Survivor(product, meeting, { browser, carla, phone, host });
    await survivor.#bothHear(0, 20_000);
    await eventually('her row is there', () => survivor.rows.rows.length === 1);
    return survivor;
  }

  /** What the phone hears of Carla. */
  get ear(): ToneLog {
    return this.#ear;
  }

  /** What Carla's page hears of the phone; `undefined` while the page is loading. */
  hearing(): Promise<Hearing | undefined> {
    return hearingIn(this.carla.page);
  }

  /**
   * Breaks something and waits until both hear each other as before. `strike` resolves, with the
   * time, when the world is whole again; `withinMs` counts from then.
   */
  async through(strike: () => Promise<number>, withinMs = 20_000): Promise<Survival> {
    this.rows.most = 0;
    const struckAtMs = Date.now();
    const wholeAtMs = await strike();
    const [heardAtMs, hearsAtMs] = await this.#bothHear(struckAtMs, withinMs);
    await eventually('she has her row', () => this.rows.rows.length === 1);
    return {
      heardMs: Math.max(0, heardAtMs - wholeAtMs),
      hearsMs: Math.max(0, hearsAtMs - wholeAtMs),
      mostRows: this.rows.most,
    };
  }

  /** The phone's call ended with the server: it dials anew. */
  async redial(product: Product): Promise<void> {
    this.product = product;
    this.#phone.media.close();
    this.#phone.sip.close();
    this.#phone = await TonePhone.dial(product, this.meeting, OTHER_HZ, this.#host);
    this.#ear = this.#listen();
  }

  async stop(): Promise<void> {
    this.rows.close();
    this.#phone.media.close();
    this.#phone.sip.close();
    await this.browser.stop();
  }

  #listen(): ToneLog {
    const ear = new ToneLog(CARLA_HZ, this.#phone.media.sampleRateHz);
    this.#phone.media.onSound = (pcm) => ear.push(pcm);
    return ear;
  }

  async #bothHear(fromMs: number, withinMs: number): Promise<readonly [number, number]> {
    return Promise.all([
      steadySince('the others hear her', () => this.#ear.hearing, { fromMs, withinMs }),
      steadySince('she hears the others', () => this.hearing(), { fromMs, withinMs }),
    ]);
  }
}
