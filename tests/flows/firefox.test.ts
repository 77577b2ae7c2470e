import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Page } from 'puppeteer-core';
import type { MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { eventually } from '../support/eventually.ts';
import { Firefox, loudnessIn, ownAddress } from '../support/firefox.ts';
import { Product } from '../support/product.ts';
import { TonePhone } from '../support/tone-phone.ts';

const PHONE_HZ = 770;
const FOX_HZ = 400;
const ADDRESS = ownAddress();

describe.skipIf(!has('firefox-esr') || ADDRESS === undefined)('somebody with Firefox', () => {
  let product: Product;
  let meeting: MeetingView;
  let phone: TonePhone;
  let firefox: Firefox;
  let page: Page;

  beforeAll(async () => {
    product = await Product.start({ SIP_HOST: '0.0.0.0', PUBLIC_IP: ADDRESS });
    meeting = await product.createMeeting();
    phone = await TonePhone.dial(product, meeting, PHONE_HZ, ADDRESS);
    firefox = await Firefox.start(FOX_HZ);
    page = await firefox.join(meeting.joinUrl, 'Fox');
  }, 60_000);
  afterAll(async () => {
    await firefox?.stop();
    await phone?.hangUp();
    await product?.stop();
  });

  const loudnessWhen = (what: string, wanted: (level: number) => boolean): Promise<true> =>
    eventually(what, async () => wanted(await loudnessIn(page)) && (true as const));

  test('hears a phone and is heard by it', { timeout: 20_000 }, async () => {
    await phone.media.hearsOnly(FOX_HZ);
    await loudnessWhen('the phone is heard', (level) => level > 0.05);
    phone.media.hush();
    await loudnessWhen('it is silent', (level) => level < 0.005);
    phone.media.speak();
  });

  test('mutes by the keyboard, and everybody sees it', { timeout: 20_000 }, async () => {
    await page.keyboard.press('m');
    await product.participantsWhen(meeting, 'Fox is muted', (people) =>
      people.some(({ name, muted }) => name === 'Fox' && muted),
    );
    await phone.media.hearsOnly();
  });
});
