import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { BROWSER_RATE_HZ, Chromium } from '../support/chromium.ts';
import { personRow } from '../support/console-page.ts';
import { heard } from '../support/ear.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import { SoftphonePage } from '../support/softphone-page.ts';
import { TonePhone } from '../support/tone-phone.ts';

const ADA_HZ = 400;
const ANNA_HZ = 900;
const BERT_HZ = 1480;
/** Sound that is under way is heard a moment longer. */
const UNDER_WAY = { timeout: 8_000, interval: 50 };
const PATIENCE = { timeout: 30_000 };

/** Two bare phones, and Ada in a browser. */
describe.skipIf(!has('chromium')).each(ENGINES)('in the browser, on $engine', (engine) => {
  let stage: Stage;
  let meeting: MeetingView;
  let browser: Chromium;
  let ada: SoftphonePage;
  let phones: TonePhone[];

  beforeAll(async () => {
    [stage, browser] = await Promise.all([engine.start(), Chromium.start(ADA_HZ)]);
    meeting = await stage.product.createMeeting();
    const { product } = stage;
    phones = [
      await TonePhone.dial(product, meeting, ANNA_HZ),
      await TonePhone.dial(product, meeting, BERT_HZ),
    ];
    ada = await SoftphonePage.join(browser, meeting.joinUrl, 'Ada');
    await personRow(ada.page, 'Ada').locator('.state-talks').waitFor({ timeout: 20_000 });
  }, 90_000);

  afterAll(async () => {
    await Promise.all((phones ?? []).map((phone) => phone.hangUp()));
    await browser?.stop();
    await stage?.stop();
  });

  const adaHears = async () => heard(await ada.hear(600), BROWSER_RATE_HZ, [ANNA_HZ, BERT_HZ]);
  const annaHearsOnly = (...hz: number[]) => phones[0]!.media.hearsOnly(...hz);

  test('a muted microphone is open only while Space is held', PATIENCE, async () => {
    await ada.page.keyboard.press('m');
    await annaHearsOnly(BERT_HZ);
    await ada.page.keyboard.down('Space');
    await annaHearsOnly(ADA_HZ, BERT_HZ);
    await personRow(ada.page, 'Ada').locator('.state-talks').waitFor();
    await ada.page.keyboard.up('Space');
    await annaHearsOnly(BERT_HZ);
    await personRow(ada.page, 'Ada').locator('.state-muted').waitFor();
    await ada.page.keyboard.press('m');
    await annaHearsOnly(ADA_HZ, BERT_HZ);
  });

  test('whom one does not want to hear everybody else still hears', PATIENCE, async () => {
    const people = await stage.product.participants(meeting);
    const anna = people.find(({ via }) => via === 'phone')?.name ?? '';
    await expect.poll(adaHears, UNDER_WAY).toEqual([ANNA_HZ, BERT_HZ]);
    await ada.page
      .getByRole('button', { name: `Don’t hear ${anna}` })
      .first()
      .click();
    await expect.poll(async () => (await adaHears()).length, UNDER_WAY).toBe(1);
    await annaHearsOnly(ADA_HZ, BERT_HZ);
    await phones[1]!.media.hearsOnly(ADA_HZ, ANNA_HZ);
    await ada.page.getByRole('button', { name: `Hear ${anna} again` }).click();
    await expect.poll(adaHears, UNDER_WAY).toEqual([ANNA_HZ, BERT_HZ]);
  });
});
