import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEntryView } from '../../protocol/http/audit.ts';
import type { SipRequest } from '../../protocol/sip/message.ts';
import { has } from '../runner/programs.ts';
import { Chromium } from '../support/chromium.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import type { Product } from '../support/product.ts';
import { Provider } from '../support/provider.ts';
import { RtpPeer } from '../support/rtp-peer.ts';
import { TelephonePage } from '../support/telephone-page.ts';

const CARLA_HZ = 1480;
const THERE_HZ = 900;
const LONG = { timeout: 60_000 };
const SETTLED = { timeout: 10_000 };
/** From when calls can come in at the server until they come through to the browser. */
const SOON_MS = 5_000;

const REFUSALS = [
  { number: '+4930222222', rings: false, status: 486, says: 'Busy.' },
  { number: '+4930333333', rings: true, status: 480, says: 'Nobody answered.' },
  { number: '+4930444444', rings: false, status: 603, says: 'The call was declined.' },
];

/** Carla's telephone is a browser, and who she calls is somewhere in the world. */
describe.skipIf(!has('chromium')).each(ENGINES)('calls outside on $engine', (engine) => {
  let stage: Stage;
  let product: Product;
  let provider: Provider;
  let media: RtpPeer;
  let browser: Chromium;
  let carla: TelephonePage;

  const carlaHears = (tones: readonly number[]) =>
    expect.poll(() => carla.hears([CARLA_HZ, THERE_HZ]), SETTLED).toEqual(tones);

  /** It rings there, and somebody answers. */
  async function answered(number: string) {
    const invite: SipRequest = await provider.call(number);
    provider.peer.answer(invite, 180);
    await carla.shows('It rings…');
    media.sendTo(invite.body);
    media.speak();
    const dialog = provider.peer.answer(invite, 200, { body: media.sdp() });
    if (dialog === undefined) throw new Error('an answer makes a dialog');
    await provider.peer.request('ACK');
    return dialog;
  }

  beforeAll(async () => {
    [stage, browser] = await Promise.all([
      engine.start({ DIAL_OUT_PREFIXES: '+49' }),
      Chromium.start(CARLA_HZ),
    ]);
    product = stage.product;
    provider = await Provider.open(product.sip);
    await product.api('POST', '/trunks', provider.trunk);
    media = await RtpPeer.open({ toneHz: THERE_HZ });
    carla = await TelephonePage.open(browser, product, 'carla');
  }, 90_000);

  afterAll(async () => {
    media?.close();
    provider?.close();
    await browser?.stop();
    if (product !== stage?.product) await product?.stop();
    await stage?.stop();
  });

  test('both hear each other, keys get there, and she hangs up', LONG, async () => {
    await carla.dial('+4930111111');
    await answered('+4930111111');
    await carlaHears([THERE_HZ]);
    await media.hearsOnly(CARLA_HZ);
    await carla.press('Keypad');
    for (const key of ['4', '2', 'hash']) await carla.press(key);
    await media.until(() => media.digits === '42#');
    await carla.press('Hang up');
    await provider.peer.request('BYE');
  });

  test('whoever is called hangs up, and the call is over for her', LONG, async () => {
    await carla.dial('+4930111112');
    const dialog = await answered('+4930111112');
    await carlaHears([THERE_HZ]);
    provider.peer.inDialog(dialog, 'BYE');
    expect((await provider.peer.response('BYE')).status).toBe(200);
    await carla.page
      .getByRole('button', { name: 'Hang up', exact: true })
      .waitFor({ state: 'detached' });
  });

  test.each(REFUSALS)('$status of the provider: $says', LONG, async (refusal) => {
    await carla.dial(refusal.number);
    const invite = await provider.call(refusal.number);
    if (refusal.rings) {
      provider.peer.answer(invite, 180);
      await carla.shows('It rings…');
    }
    provider.peer.answer(invite, refusal.status);
    await carla.shows(refusal.says);
  });

  test('a number that no rule allows never leaves the house', LONG, async () => {
    await carla.dial('+15550100');
    await carla.shows('This number may not be called from here.');
    const invites = provider.peer.heard.flatMap((message) =>
      message.kind === 'request' && message.method === 'INVITE' ? [message.uri] : [],
    );
    expect(invites).not.toEqual([]);
    expect(invites.join()).not.toContain('15550100');
  });

  test('the audit log tells of each call; neither it nor the log knows the numbers', async () => {
    const audit = await product.api<AuditEntryView[]>('GET', '/audit');
    expect(JSON.stringify(audit)).toContain('POST /me/phone');
    const outside = audit.filter(({ act }) => act === 'call outside');
    expect(outside).toContainEqual(
      expect.objectContaining({ subject: '+49…1111', detail: 'trunk=telco', outcome: 'done' }),
    );
    expect(outside).toContainEqual(
      expect.objectContaining({ subject: '+15…0100', outcome: 'refused prefix' }),
    );
    expect(outside.every(({ who }) => who.startsWith('person '))).toBe(true);
    expect(JSON.stringify(audit)).not.toMatch(/4930\d{6}|15550100/);
    expect(product.printed).not.toMatch(/4930\d{6}|15550100/);
  });

  test('a server that is started anew has her registered again in seconds', LONG, async () => {
    await product.terminate();
    await carla.shows('Not reachable');
    product = await product.rise();
    const risenAtMs = Date.now();
    await carla.ready();
    const readyMs = Date.now() - risenAtMs;
    console.log({ readyMs });
    expect(readyMs).toBeLessThan(SOON_MS);
    await carla.dial('+4930111113');
    await provider.call('+4930111113');
  });
});
