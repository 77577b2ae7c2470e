import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { has } from '../runner/programs.ts';
import type { MeetingView } from '../../protocol/http/views.ts';
import { Chromium } from '../support/chromium.ts';
import { Product } from '../support/product.ts';
import { Provider } from '../support/provider.ts';
import { TonePhone } from '../support/tone-phone.ts';
import { Receiver } from '../support/webhooks.ts';

const PATIENCE = { timeout: 40_000 };
const PASSWORD = 'a long enough password for tests';

/** A console in which nobody is signed in yet, and what stands around the house. */
async function openHouse() {
  const receiver = new Receiver();
  const product = await Product.start({ WEBHOOK_ALLOW: '127.0.0.1' });
  const provider = await Provider.open(product.sip);
  const browser = await Chromium.start();
  const page = await browser.open(`${product.url}/console`);
  const stop = async () => {
    await browser.stop();
    provider.close();
    await receiver.close();
    await product.stop();
  };
  return { receiver, product, provider, page, stop };
}

function controlsOf(page: Page) {
  return {
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    inWindow: (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }),
    field: (name: string) => page.getByLabel(name, { exact: true }),
    shownOnce: () => page.locator('.way-value').textContent(),
    goTo: async (place: string) => {
      await page.getByRole('link', { name: place, exact: true }).click();
      await page.getByRole('heading', { name: place, level: 1 }).waitFor();
    },
  };
}

/** What the console's places ask of the whole product, from the first account to the history of a call. */
describe.skipIf(!has('chromium'))('the console runs the house', () => {
  let house: Awaited<ReturnType<typeof openHouse>>;
  let page: Page;
  let controls: ReturnType<typeof controlsOf>;
  beforeAll(async () => {
    house = await openHouse();
    page = house.page;
    controls = controlsOf(page);
  }, 90_000);
  afterAll(() => house?.stop());

  test('an owner is made, and signs in with a password of their own', PATIENCE, async () => {
    await controls.field('Admin key').fill(house.product.adminKey);
    await controls.button('Sign in').click();
    await controls.goTo('People');
    await controls.button('Add somebody').first().click();
    await controls.field('Name').fill('Olga');
    await controls.field('Name they sign in with').fill('olga');
    await controls.field('Role').selectOption({ label: 'Owner' });
    await controls.inWindow('Add').click();
    await page.getByText('A way in for Olga').waitFor();
    const once = (await controls.shownOnce()) ?? '';
    await controls.inWindow('Done').click();
    await controls.button('Sign out').click();
    await controls.field('Name you sign in with').fill('olga');
    await controls.field('Password').fill(once);
    await controls.button('Sign in').click();
    await controls.field('New password').fill(PASSWORD);
    await controls.button('Sign in').click();
    await page.getByRole('link', { name: 'You', exact: true }).waitFor();
  });

  test('a webhook of theirs is tried, and its log says what was answered', PATIENCE, async () => {
    await controls.goTo('Webhooks');
    await controls.button('Add the first one').click();
    await controls.field('Address').fill(await house.receiver.listen());
    await controls.inWindow('Add').click();
    await controls.inWindow('Done').click();
    await controls.button('Test').click();
    await page
      .getByText(/^Taken, status 204/)
      .first()
      .waitFor();
    await controls.button('Log').click();
    await page
      .getByRole('dialog')
      .getByText(/^Taken, status 204/)
      .waitFor();
    await controls.inWindow('Close').click();
  });

  test('a key opens the API for a program, until it is revoked', PATIENCE, async () => {
    await controls.goTo('API keys');
    await controls.button('Make a key').first().click();
    await controls.field('Which program').fill('Calendar');
    await page.getByLabel('See meetings and who is in them').check();
    await controls.inWindow('Make').click();
    await page.getByText('The key “Calendar”').waitFor();
    const headers = { authorization: `Bearer ${await controls.shownOnce()}` };
    await controls.inWindow('Done').click();
    const ask = async () =>
      (await fetch(`${house.product.url}/api/v1/meetings`, { headers })).status;
    expect(await ask()).toBe(200);
    await controls.button('Revoke Calendar').click();
    await controls.inWindow('Revoke').click();
    await page.getByText('No keys yet').waitFor();
    expect(await ask()).toBe(401);
  });

  test('a trunk is added, and answers when it is tested', PATIENCE, async () => {
    await controls.goTo('Trunks');
    await controls.button('Add the first one').click();
    await controls.field('Name').fill('telco');
    await controls.field('Server').fill(house.provider.peer.host);
    await controls.field('Its calls come from').fill('127.0.0.1');
    await controls.inWindow('Create').click();
    await controls.button('Test telco').click();
    await page.getByText('It is there.').waitFor();
  });

  test('a meeting is made; who called it stands in the history', PATIENCE, async () => {
    await controls.goTo('Meetings');
    await controls.button('Create the first one').click();
    await controls.field('Name').fill('House round');
    await controls.inWindow('Create').click();
    await page.getByRole('heading', { name: 'House round' }).waitFor();
    const [meeting] = await house.product.api<[MeetingView]>('GET', '/meetings');
    const phone = await TonePhone.dial(house.product, meeting, 440);
    await page.locator('li.person').waitFor();
    await phone.hangUp();
    await page.getByText('Nobody is here yet').waitFor();
    await controls.goTo('History');
    await page.getByRole('link', { name: /House round/ }).click();
    await page.getByRole('row', { name: /They hung up/ }).waitFor();
    await house.receiver.until(() => house.receiver.numbers.length > 0);
  });

  test('who is banned from the house is listed, and let in again', PATIENCE, async () => {
    await controls.goTo('Bans');
    await controls.button('Ban somebody').click();
    await controls.field('Number').fill('+49 30 901234');
    await controls.field('Name').fill('Nuisance');
    await controls.inWindow('Ban').click();
    await controls.button('Lift the ban of Nuisance').click();
    await page.getByText('Nuisance may come in again.').waitFor();
  });

  test('the audit log has all of it in one whole chain, and all is well', PATIENCE, async () => {
    await controls.goTo('Audit');
    await page.getByText('POST /trunks').first().waitFor();
    await controls.button('Check the chain').click();
    await page.getByText(/^The chain is whole/).waitFor();
    await controls.goTo('System');
    await page
      .getByText(/All is well|to look at/)
      .first()
      .waitFor();
  });
});
