import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { AccountView, MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { Baresip } from '../support/baresip.ts';
import { BROWSER_RATE_HZ, Chromium, hearInPage } from '../support/chromium.ts';
import { heard } from '../support/ear.ts';
import { SWITCHES } from '../support/engines.ts';
import type { Stage } from '../support/engines.ts';
import { writeBursts } from '../support/tone-file.ts';

const BROWSER_HZ = 900;
const DESK_HZ = 500;
const LONG = { timeout: 40_000, concurrent: true };

/** Who tries their line hears themselves, from a browser and from a desk phone, and nobody sees it. */
describe.skipIf(!has('chromium') || !has('baresip')).each(SWITCHES)(
  'an echo test on $engine',
  (engine) => {
    const folder = mkdtempSync(join(tmpdir(), 'partyline-echo-'));
    let stage: Stage;
    let meeting: MeetingView;
    let browser: Chromium;
    let page: Page;

    beforeAll(async () => {
      stage = await engine.start();
      meeting = await stage.product.createMeeting();
      const voice = join(folder, 'voice.wav');
      writeBursts(voice, { hz: BROWSER_HZ, rateHz: 48_000, seconds: 20 });
      browser = await Chromium.start(BROWSER_HZ, {
        flags: [`--use-file-for-fake-audio-capture=${voice}`],
      });
      page = await browser.open(meeting.joinUrl);
    }, 60_000);

    afterAll(async () => {
      await browser?.stop();
      await stage?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    test(
      'a browser hears its own tone about a second later, and says so',
      LONG,
      async ({ expect }) => {
        await page.getByText('Say something').waitFor();
        // Processing would take a tone for noise.
        await page.evaluate(() => {
          const off = { noiseSuppression: false, echoCancellation: false, autoGainControl: false };
          localStorage.setItem('partyline.softphone', JSON.stringify({ processing: off }));
        });
        await page.reload();
        await page.getByRole('button', { name: 'Hear yourself' }).click();
        await page.getByText('You can be heard', { exact: true }).waitFor({ timeout: 20_000 });
        const figures = page.locator('.echo-figures');
        const delay = async () =>
          Number(
            /Delay([\d,]+) ms/.exec((await figures.textContent()) ?? '')?.[1]?.replace(',', ''),
          );
        await expect.poll(delay, { timeout: 10_000 }).toBeGreaterThanOrEqual(800);
        expect(await delay()).toBeLessThanOrEqual(1500);
        await expect.poll(() => figures.textContent(), { timeout: 10_000 }).toMatch(/Lost0 %/);
        const tones = [BROWSER_HZ, DESK_HZ];
        const hears = async () => heard(await hearInPage(page, 1500), BROWSER_RATE_HZ, tones);
        expect(await hears()).toEqual([BROWSER_HZ]);
        expect(await stage.product.participants(meeting)).toEqual([]);
        await page.getByRole('button', { name: 'Stop the test' }).click();
        await page.getByRole('button', { name: 'Test again' }).waitFor();
      },
    );

    test('a desk phone dials *43', LONG, async ({ expect }) => {
      const { product } = stage;
      const { password = '' } = await product.api<AccountView>('POST', '/accounts', {
        username: 'office',
        name: 'Office',
      });
      const account = { server: product.sip, password };
      const desk = await Baresip.start({ user: 'office', codec: 'PCMU', toneHz: DESK_HZ, account });
      try {
        await desk.registered();
        await desk.dial(`sip:*43@${product.sip}`);
        // The words first, then the tone that comes back.
        const hears = async () => heard(await desk.hear(500), desk.rateHz, [DESK_HZ, BROWSER_HZ]);
        await expect.poll(hears, { timeout: 15_000 }).toEqual([DESK_HZ]);
      } finally {
        await desk.stop();
      }
    });
  },
);
