import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountView, CallView, MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { Baresip } from '../support/baresip.ts';
import { heard } from '../support/ear.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { earOf, earOn } from '../support/live-ear.ts';
import type { Product } from '../support/product.ts';
import { Provider } from '../support/provider.ts';
import { RtpPeer } from '../support/rtp-peer.ts';
import { SDP } from '../support/sip-peer.ts';

const ANNA_HZ = 440;
const BERT_HZ = 900;
const TONES = [ANNA_HZ, BERT_HZ];
/** They mostly wait for speech: so they wait together. */
const LONG = { timeout: 60_000, concurrent: true };

const REFUSALS = [
  { number: '+4930111111', status: 486, end: 'busy' },
  { number: '+4930222222', status: 603, end: 'declined' },
  { number: '+4930333333', status: 480, end: 'no-answer' },
  { number: '+4930444444', status: 404, end: 'unreachable' },
  { number: '+4930555555', status: 503, end: 'failed' },
];

/** The calls of one meeting, as its API has them. */
class MeetingCalls {
  readonly #product: Product;
  readonly #meeting: MeetingView;

  constructor(product: Product, meeting: MeetingView) {
    this.#product = product;
    this.#meeting = meeting;
  }

  async make(whom: object): Promise<string> {
    return (await this.#product.api<{ id: string }>('POST', this.#path, whom)).id;
  }

  async takeBack(id: string): Promise<void> {
    await this.#product.api('DELETE', `${this.#path}/${id}`);
  }

  /** Waits until a call is in this state, or ended so. */
  until(id: string, what: string): Promise<unknown> {
    const look = async () => {
      const calls = await this.#product.api<CallView[]>('GET', this.#path);
      const found = calls.find((each) => each.id === id);
      return (found?.end ?? found?.state) === what;
    };
    return eventually(`the call is ${what}`, look, 10_000);
  }

  /** Who is in the meeting. */
  async names(): Promise<string[]> {
    return (await this.#product.participants(this.#meeting)).map(({ name }) => name).sort();
  }

  get #path(): string {
    return `/meetings/${this.#meeting.id}/calls`;
  }
}

/** A meeting calls people: a registered desk phone, and numbers by a provider that wants a password. */
describe.skipIf(!has('baresip')).each(ENGINES)('calls out on $engine', (engine) => {
  let stage: Stage;
  let product: Product;
  let calls: MeetingCalls;
  let others: MeetingCalls;
  let provider: Provider;
  let anna: Baresip;
  let bert: Baresip;

  beforeAll(async () => {
    stage = await engine.start({ DIAL_OUT_PREFIXES: '+49', DIAL_OUT_CONCURRENT: '9' });
    product = stage.product;
    const meeting = await product.createMeeting();
    calls = new MeetingCalls(product, meeting);
    others = new MeetingCalls(product, await product.createMeeting());
    provider = await Provider.open(product.sip);
    await product.api('POST', '/trunks', provider.trunk);
    const { password = '' } = await product.api<AccountView>('POST', '/accounts', {
      ...{ username: 'anna', name: 'Anna' },
    });
    const account = { server: product.sip, password };
    anna = await Baresip.start({ user: 'anna', codec: 'PCMU', toneHz: ANNA_HZ, account });
    bert = await Baresip.start({ user: 'bert', name: 'Bert', codec: 'PCMA', toneHz: BERT_HZ });
    await bert.dial(`sip:${meeting.codes.join}@${product.sip}`);
    await anna.registered();
  }, 90_000);

  afterAll(async () => {
    await Promise.all([anna?.stop(), bert?.stop()]);
    provider?.close();
    await stage?.stop();
  });

  test(
    'a voicemail hears the invitation twice, presses nothing and never gets in',
    LONG,
    async ({ onTestFinished }) => {
      const media = await RtpPeer.open({});
      onTestFinished(() => media.close());
      const live = await earOf(media, 'en');
      onTestFinished(() => live.close());
      const id = await others.make({ number: '+4930777777' });
      const invite = await provider.call('+4930777777');
      media.sendTo(invite.body);
      media.speak();
      provider.peer.answer(invite, 200, { body: SDP(media.port) });
      await others.until(id, 'asked');
      await live.ear.hearsSaying({ kind: 'invitation' }, 30_000);
      await live.ear.hearsSaying({ kind: 'invitation-again' }, 30_000);
      await live.ear.hearsSaying({ kind: 'invitation-declined' }, 30_000);
      expect(await others.names()).toEqual([]);
      await provider.peer.request('BYE', 10_000);
      await others.until(id, 'not-accepted');
    },
  );

  test(
    'a desk phone rings, hears the invitation, presses 1 and talks with the meeting',
    LONG,
    async ({ expect, onTestFinished }) => {
      const live = await earOn(anna, 'en');
      onTestFinished(() => live.close());
      const id = await calls.make({ account: 'anna' });
      await calls.until(id, 'ringing');
      await anna.answer();
      await calls.until(id, 'asked');
      expect(await calls.names()).toEqual(['Bert']);
      await live.ear.hearsSaying({ kind: 'invitation' });
      anna.press('1');
      await live.ear.hearsSaying({ kind: 'joining' });
      await calls.until(id, 'joined');
      expect(await calls.names()).toEqual(['Anna', 'Bert']);
      const both = async () => [
        heard(await anna.hear(1000), anna.rateHz, TONES),
        heard(await bert.hear(1000), bert.rateHz, TONES),
      ];
      await expect.poll(both, { timeout: 8000 }).toEqual([[BERT_HZ], [ANNA_HZ]]);
      anna.hangUp();
      await calls.until(id, 'left');
      expect(await calls.names()).toEqual(['Bert']);
    },
  );

  for (const { number, status, end } of REFUSALS) {
    test(`a number that the provider answers ${status} is shown as ${end}`, LONG, async () => {
      const id = await calls.make({ number });
      const invite = await provider.call(number);
      expect(invite.headers.filter(({ name }) => /^X-/.test(name))).toEqual([]);
      provider.peer.answer(invite, 180);
      await calls.until(id, 'ringing');
      provider.peer.answer(invite, status);
      await calls.until(id, end);
    });
  }

  test('a call that is taken back stops ringing', LONG, async () => {
    const id = await calls.make({ number: '+4930666666' });
    const invite = await provider.call('+4930666666');
    provider.peer.answer(invite, 180);
    await calls.until(id, 'ringing');
    await calls.takeBack(id);
    await provider.peer.request('CANCEL');
    provider.peer.answer(invite, 487);
    await calls.until(id, 'cancelled');
  });

  test('an account without a phone is unreachable', LONG, async () => {
    await product.api('POST', '/accounts', { username: 'carl', name: 'Carl' });
    await calls.until(await calls.make({ account: 'carl' }), 'unreachable');
  });

  test('the log knows no number', () => {
    expect(product.printed).not.toMatch(/4930\d{6}/);
  });
});
