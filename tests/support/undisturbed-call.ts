import { expect } from 'vitest';
import type { MeetingView } from '../../protocol/http/views.ts';
import { openFiles, residentMiB } from './process-view.ts';
import { Product } from './product.ts';
import { SipPeer } from './sip-peer.ts';
import { TonePhone } from './tone-phone.ts';

const ANNA_HZ = 400;
const BERT_HZ = 900;

/** A running product, a call of two phones in it that nothing may disturb, and a meeting to attack. */
export class UndisturbedCall {
  readonly product: Product;
  readonly pid: number;
  readonly sipPort: number;
  readonly meeting: MeetingView;
  readonly target: MeetingView;
  readonly anna: TonePhone;
  readonly bert: TonePhone;
  readonly atStart: {
    readonly memoryMiB: number;
    readonly files: number;
    readonly printed: number;
    readonly timers: number;
  };

  private constructor(
    product: Product,
    meetings: readonly [MeetingView, MeetingView],
    phones: readonly [TonePhone, TonePhone],
    timers: number,
  ) {
    this.product = product;
    this.pid = product.pid ?? 0;
    this.sipPort = Number(product.sip.split(':')[1]);
    [this.meeting, this.target] = meetings;
    [this.anna, this.bert] = phones;
    const { length } = product.printed;
    this.atStart = {
      memoryMiB: residentMiB(this.pid),
      files: openFiles(this.pid),
      printed: length,
      timers,
    };
  }

  static async begin(): Promise<UndisturbedCall> {
    const product = await Product.start();
    const meeting = await product.createMeeting({ name: 'Undisturbed' });
    const target = await product.createMeeting({ name: 'Target' });
    const anna = await TonePhone.dial(product, meeting, ANNA_HZ);
    const bert = await TonePhone.dial(product, meeting, BERT_HZ);
    const timers = await timersOf(product);
    const call = new UndisturbedCall(product, [meeting, target], [anna, bert], timers);
    await call.isHeard();
    return call;
  }

  /** Both hear each other and nobody else. */
  async isHeard(): Promise<void> {
    await Promise.all([this.anna.media.hearsOnly(BERT_HZ), this.bert.media.hearsOnly(ANNA_HZ)]);
  }

  /** The call goes on, with nobody new in it, and strangers get their answers. */
  async goesOn(): Promise<void> {
    expect(await this.optionsStatus()).toBe(200);
    await this.isHeard();
    expect(await this.product.participants(this.meeting)).toHaveLength(2);
  }

  async optionsStatus(): Promise<number> {
    const phone = await SipPeer.udp(this.sipPort);
    const options = phone.send(phone.compose('OPTIONS', `sip:7000@${this.product.sip}`));
    // As a phone does: what the full line dropped is said again (RFC 3261 section 17.1.2.2).
    const again = setInterval(() => phone.say(options), 1_000);
    try {
      const { status } = await phone.response('OPTIONS', undefined, 15_000);
      return status;
    } finally {
      clearInterval(again);
      phone.close();
    }
  }

  /** How many timers the product has running: every call and transaction has some. */
  timers(): Promise<number> {
    return timersOf(this.product);
  }

  /** The attacked meeting is empty again. */
  async targetIsEmpty(): Promise<void> {
    await this.product.participantsWhen(this.target, 'nobody is left', (list) => list.length === 0);
  }

  async end(): Promise<void> {
    await this.anna.hangUp();
    await this.bert.hangUp();
    await this.product.stop();
  }
}

async function timersOf(product: Product): Promise<number> {
  const metrics = await (await fetch(`${product.url}/metrics`)).text();
  const found = /^nodejs_active_resources\{type="Timeout"\} (\d+)$/m.exec(metrics);
  return Number(found?.[1]);
}
