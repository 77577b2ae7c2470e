import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { Baresip } from '../support/baresip.ts';
import { Chromium } from '../support/chromium.ts';
import { ENGINES } from '../support/engines.ts';
import type { Stage } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';

const PEERS = has('baresip') && has('chromium');
const NAME = 'Zoë & Söhne';

/** Somebody gives a phone an account at the console; the phone takes the settings as they come. */
describe.skipIf(!PEERS).each(ENGINES)('a desk phone is set up on $engine', (engine) => {
  let stage: Stage;
  let browser: Chromium;
  let phone: Baresip | undefined;
  beforeAll(async () => {
    [stage, browser] = await Promise.all([engine.start(), Chromium.start()]);
  }, 90_000);
  afterAll(async () => {
    await phone?.stop();
    await browser?.stop();
    await stage?.stop();
  });

  test(
    'from the console’s own line it registers, calls, and is seen to have done both',
    { timeout: 60_000 },
    async () => {
      const { product } = stage;
      const page = await browser.open(`${product.url}/console#/phones`);
      await page.getByLabel('Admin key').fill(product.adminKey);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Add the first one' }).click();
      await page.getByLabel('Whose phone').fill(NAME);
      await page.getByLabel('User name').fill('zoe');
      await page.getByRole('button', { name: 'Create' }).click();
      await page.getByRole('tab', { name: 'Yealink' }).click();
      const address = await page.locator('code').textContent();
      await page.getByRole('tab', { name: 'baresip' }).click();
      const shown = await page.locator('.phone-line').textContent();
      const served = await fetch(`${address}accounts`);
      const accountLine = await served.text();
      expect(accountLine.trim()).toBe(shown);
      await page.getByText('Settings fetched by node').waitFor();

      phone = await Baresip.start({ user: 'zoe', codec: 'PCMU', toneHz: 440, accountLine });
      await phone.registered();
      await page.getByText('Registered: baresip').waitFor();
      const meeting = await product.createMeeting();
      await phone.dial(`sip:${meeting.codes.join}@${product.sip}`);
      await eventually('the phone is in the room by its name', async () =>
        (await product.participants(meeting)).some(({ name }) => name === NAME),
      );
      const account = await product.api<AccountView>('GET', '/accounts/zoe');
      expect(account.lastCall?.meeting).toBe(meeting.id);
      expect(account.registered[0]).toMatchObject({ transport: 'udp' });
    },
  );
});
