import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountView, MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { Baresip } from '../support/baresip.ts';
import { Chromium } from '../support/chromium.ts';
import { ConsolePage, personRow } from '../support/console-page.ts';
import { Product } from '../support/product.ts';
import { SoftphonePage } from '../support/softphone-page.ts';

const PATIENCE = { timeout: 60_000 };

/** What the two pages ask of the whole product, as an operator and a guest would, in one meeting. */
describe.skipIf(!has('chromium') || !has('baresip'))('console and softphone', () => {
  let product: Product;
  let meeting: MeetingView;
  let browsers: Chromium[];
  let desk: ConsolePage;
  let paul: SoftphonePage;
  let phone: Baresip;

  beforeAll(async () => {
    [product, ...browsers] = await Promise.all([
      Product.start(),
      Chromium.start(),
      Chromium.start(440),
    ]);
    meeting = await product.createMeeting({ lobby: true, unmuteSelf: false, callMe: true });
    const account = await product.api<AccountView>('POST', '/accounts', {
      username: 'office',
      name: 'Office',
    });
    phone = await Baresip.start({
      user: 'office',
      codec: 'PCMU',
      toneHz: 900,
      account: { server: product.sip, password: account.password ?? '' },
    });
    desk = await ConsolePage.open(browsers[0]!, product, meeting);
    await phone.registered();
  }, 90_000);

  afterAll(async () => {
    await Promise.all((browsers ?? []).map((browser) => browser.stop()));
    await phone?.stop();
    await product?.stop();
  });

  const button = (name: string) => desk.page.getByRole('button', { name, exact: true });
  const own = (name: string) => paul.page.getByRole('button', { name, exact: true });

  test('a guest waits in the lobby, and is let in', PATIENCE, async () => {
    const joining = SoftphonePage.join(browsers[1]!, meeting.joinUrl, 'Paul');
    await button('Admit Paul').click();
    paul = await joining;
    await personRow(paul.page, 'Paul').waitFor();
    await desk.row('Paul').waitFor();
  });

  test('a hand goes up at both ends, and the console lowers it', PATIENCE, async () => {
    await own('Raise your hand').click();
    await own('Lower your hand, number 1 in the queue').waitFor();
    await button('Lower the hand of Paul').click();
    await own('Raise your hand').waitFor();
  });

  test('help is asked for, and attended to', PATIENCE, async () => {
    await own('Ask for help').click();
    await button('Help for Paul is attended to').click();
    await own('Ask for help').waitFor();
  });

  test('who muted themself is asked, and unmutes though the rule says no', PATIENCE, async () => {
    await own('Mute').click();
    await paul.page.getByText('A moderator says who speaks').waitFor();
    await button('Ask to unmute: Paul').click();
    await paul.page.getByText('A moderator asks you to unmute').waitFor();
    await paul.page.locator('.banner').getByRole('button', { name: 'Unmute' }).click();
    await desk.shows('Paul', 'talking');
  });

  test('a name that the console gives is the name on every screen', PATIENCE, async () => {
    await button('Rename Paul').click();
    await desk.page.getByLabel('New name for Paul').fill('Paul from Sales');
    await desk.page.keyboard.press('Enter');
    await personRow(paul.page, 'Paul from Sales').waitFor();
  });

  test('a desk phone is called, rings, presses 1 and is in', PATIENCE, async () => {
    await button('Call somebody').click();
    await desk.page.getByLabel('Desk phone', { exact: true }).fill('office');
    await button('Call').click();
    await desk.page.getByRole('region', { name: 'Calls' }).getByText('Ringing').waitFor();
    await phone.answer();
    await desk.page.getByText('hears the invitation').waitFor();
    phone.press('1');
    await desk.row('Office').waitFor({ timeout: 15_000 });
    await personRow(paul.page, 'Office').waitFor();
  });

  test('the guest’s own phone takes the sound over, and gives it back', PATIENCE, async () => {
    phone.hangUp();
    await desk.gone('Office', 10_000);
    await own('Use a phone instead').click();
    await paul.page.getByLabel('Your phone’s number').fill('office');
    await own('Call my phone').click();
    await phone.answer();
    await paul.page.getByText('Press 1 on the phone').waitFor();
    phone.press('1');
    await paul.page.getByText('Your sound is on your phone').waitFor();
    await desk.row('Paul from Sales').getByText('and in the browser').waitFor();
    expect(await desk.row('Paul from Sales').count()).toBe(1);
    await own('Hang up the phone').click();
    await paul.page.getByText('Your sound is on your phone').waitFor({ state: 'detached' });
    await desk.row('Paul from Sales').getByText('Browser').waitFor();
  });

  test('who is banned is told so, and may come again when it is lifted', PATIENCE, async () => {
    await button('Remove Paul from Sales').click();
    await desk.page.getByLabel('Remove and ban').click();
    await button('Remove and ban').click();
    await paul.page.getByText('You are banned from this meeting').waitFor({ timeout: 15_000 });
    await desk.gone('Paul from Sales', 10_000);
    await button('Lift the ban of Paul from Sales').click();
    await desk.page.getByText('may come in again').waitFor();
    await paul.page.reload();
    await own('Join the meeting').click();
    await button('Admit Paul').waitFor({ timeout: 15_000 });
  });
});
