import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { Baresip } from '../support/baresip.ts';
import { Chromium } from '../support/chromium.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import { EslClient } from '../support/esl-client.ts';
import { eventually } from '../support/eventually.ts';
import { RealFreeswitch } from '../support/freeswitch.ts';
import { Product } from '../support/product.ts';
import { DRACHTIO_BIN, startRealDrachtio, type RealDrachtio } from '../support/real-drachtio.ts';
import { SoftphonePage } from '../support/softphone-page.ts';
import { Talker } from '../support/talker.ts';

const SECRET = 'a-drachtio-secret-for-tests-only';
const HAS_REAL = RealFreeswitch.program() !== '' && DRACHTIO_BIN !== undefined;
/** Audio that stays away is noticed after 10 s (freeswitch-conf). */
const GONE_MS = 15_000;

/** Nobody stays in the list who has left, whichever of the servers was not there to hear it. */
describe.skipIf(!HAS_REAL || !has('baresip'))('on real engines', () => {
  let freeswitch: RealFreeswitch;
  let drachtio: RealDrachtio;
  let product: Product;
  let meeting: MeetingView;

  beforeEach(async () => {
    [freeswitch, drachtio] = await Promise.all([RealFreeswitch.start(), startRealDrachtio(SECRET)]);
    product = await Product.start({
      FREESWITCH: freeswitch.setting,
      DRACHTIO: drachtio.setting,
      SIP_PORT: `${drachtio.sipPort}`,
    });
    meeting = await product.createMeeting();
  }, 90_000);

  afterEach(async () => {
    await product?.stop();
    await Promise.all([freeswitch?.stop(), drachtio?.stop()]);
  });

  async function talker(): Promise<Baresip> {
    const phone = await Baresip.start({ user: 'anna', name: 'Anna', codec: 'PCMU', toneHz: 440 });
    await phone.dial(`sip:${meeting.codes.join}@${product.sip}`);
    await product.participantsWhen(meeting, 'Anna talks', ([anna]) => anna?.talking === true);
    return phone;
  }

  async function noCalls({ eslPort, password }: RealFreeswitch): Promise<boolean> {
    const esl = await EslClient.connect(eslPort, password);
    const count = await esl.api('show channels count');
    esl.close();
    return count.trim() === '0 total.';
  }

  const empty = (withinMs: number) =>
    product.participantsWhen(meeting, 'nobody is left', (list) => list.length === 0, withinMs);

  test('a phone that hangs up after Partyline was killed leaves', { timeout: 90_000 }, async () => {
    const anna = await talker();
    try {
      product = await product.killAndRestart();
      anna.hangUp();
      await eventually('FreeSWITCH has no call left', () => noCalls(freeswitch), GONE_MS);
      await empty(GONE_MS);
    } finally {
      await anna.stop();
    }
  });

  test(
    'a phone that hangs up after drachtio-server was killed leaves',
    { timeout: 90_000 },
    async () => {
      const anna = await talker();
      try {
        await drachtio.stop();
        drachtio = await startRealDrachtio(SECRET, drachtio);
        anna.hangUp();
        await empty(GONE_MS);
        expect((await product.readiness()).status).toBe(200);
      } finally {
        await anna.stop();
      }
    },
  );

  test.skipIf(!has('chromium'))(
    'a tab that is killed leaves at once, though drachtio-server does not tell',
    { timeout: 90_000 },
    async () => {
      const browser = await Chromium.start(900);
      try {
        const carla = await SoftphonePage.join(browser, meeting.joinUrl, 'Carla');
        await product.participantsWhen(meeting, 'Carla is in', (list) => list.length === 1);
        await browser.crash(carla.page);
        await empty(3000);
      } finally {
        await browser.stop();
      }
    },
  );
});

describe.each(ENGINES)('on $engine', (engine) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await engine.start();
  }, 90_000);

  afterAll(() => stage?.stop());

  test('a phone whose cable is pulled leaves within 15 s', { timeout: 60_000 }, async () => {
    const { product } = stage;
    const meeting = await product.createMeeting();
    const hall = await product.createMeeting({ lobby: true });
    const inside = await Talker.dial(product.sip, meeting.codes.join, 'anna');
    const waiting = await Talker.dial(product.sip, hall.codes.join, 'bert');
    for (const each of [meeting, hall])
      await product.participantsWhen(each, 'one is listed', (list) => list.length === 1);
    for (const phone of [inside, waiting]) phone.close();
    const pulledAt = Date.now();
    for (const each of [meeting, hall])
      await product.participantsWhen(each, 'nobody is left', (list) => list.length === 0, GONE_MS);
    console.log(`pulled cables are noticed after ${Date.now() - pulledAt} ms`);
  });
});
