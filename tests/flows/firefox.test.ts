import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'puppeteer-core';
import type { AccountView, MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import type { Baresip } from '../support/baresip.ts';
import { heard } from '../support/ear.ts';
import { eventually } from '../support/eventually.ts';
import { enterIn, Firefox, loudnessIn, ownAddress, pressIn } from '../support/firefox.ts';
import { Phones } from '../support/phones.ts';
import { Product } from '../support/product.ts';
import { TonePhone } from '../support/tone-phone.ts';

const PHONE_HZ = 770;
const FOX_HZ = 400;
const ANNA_HZ = 1000;
const BERT_HZ = 1500;
const ADDRESS = ownAddress();
const LONG = { timeout: 40_000 };
const SETTLED = { timeout: 10_000 };
const HAS_FIREFOX = has('firefox-esr') && ADDRESS !== undefined;

/** One Firefox, and both pages in it: each takes seconds to start. */
describe.skipIf(!HAS_FIREFOX)('somebody with Firefox', () => {
  const phones = new Phones();
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
    await Promise.all([phones.stopAll(), firefox?.stop()]);
    await phone?.hangUp();
    await product?.stop();
  });

  const loudnessWhen = (what: string, wanted: (level: number) => boolean, on = page) =>
    eventually(what, async () => wanted(await loudnessIn(on)) && (true as const));

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

  describe.skipIf(!has('baresip'))('has a telephone', () => {
    let anna: Baresip;
    let bert: Baresip;
    let telephone: Page;

    async function deskPhone(user: string, extension: string, toneHz: number): Promise<Baresip> {
      const name = user[0]?.toUpperCase() + user.slice(1);
      const made = await product.api<AccountView>('POST', '/accounts', { username: user, name });
      await product.api('PATCH', `/accounts/${user}`, { extension });
      const server = `${ADDRESS}:${product.sip.split(':')[1]}`;
      const account = { server, password: made.password ?? '' };
      const options = { user, name, codec: 'PCMU', toneHz, account } as const;
      const started = await phones.start({ ...options, host: ADDRESS });
      await started.registered();
      return started;
    }

    /** Which of Firefox and the two desk phones somebody hears. */
    const hears = (who: Baresip, tones: readonly number[]) =>
      expect
        .poll(
          async () => heard(await who.hear(1000), who.rateHz, [FOX_HZ, ANNA_HZ, BERT_HZ]),
          SETTLED,
        )
        .toEqual(tones);
    const isLoud = () => loudnessWhen('the phone is heard', (level) => level > 0.05, telephone);

    beforeAll(async () => {
      [anna, bert, telephone] = await Promise.all([
        deskPhone('anna', '21', ANNA_HZ),
        deskPhone('bert', '22', BERT_HZ),
        firefox.telephone(product, 'renard'),
      ]);
    }, 60_000);

    test(
      'that rings and is answered; held it is silent; it transfers to another',
      LONG,
      async () => {
        anna.ring(`sip:201@${ADDRESS}:${product.sip.split(':')[1]}`);
        await anna.waitFor('CALL_RINGING');
        await pressIn(telephone, 'Answer');
        await anna.waitFor('CALL_ESTABLISHED');
        await Promise.all([hears(anna, [FOX_HZ]), isLoud()]);
        await pressIn(telephone, 'Hold');
        await expect
          .poll(async () => heard(await anna.hear(1000), anna.rateHz, [FOX_HZ]), SETTLED)
          .toEqual([]);
        await pressIn(telephone, 'Resume');
        await Promise.all([hears(anna, [FOX_HZ]), isLoud()]);
        await pressIn(telephone, 'Transfer');
        await enterIn(telephone, '.line-transfer-form input', 'Bert');
        await bert.answer();
        await Promise.all([hears(anna, [BERT_HZ]), hears(bert, [ANNA_HZ])]);
        anna.hangUp();
        await bert.waitFor('CALL_CLOSED');
      },
    );

    test('that dials an extension, and hangs up', LONG, async () => {
      await enterIn(telephone, '.line-dial input', '22');
      await bert.answer();
      await Promise.all([hears(bert, [FOX_HZ]), isLoud()]);
      await pressIn(telephone, 'Hang up');
      await bert.waitFor('CALL_CLOSED');
    });
  });
});
