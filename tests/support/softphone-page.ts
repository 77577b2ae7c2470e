import type { Page } from 'playwright-core';
import { hearInPage, type Chromium } from './chromium.ts';

/** The softphone page, in a call. */
export class SoftphonePage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async join(chromium: Chromium, joinUrl: string, name: string): Promise<SoftphonePage> {
    const page = await chromium.open(joinUrl);
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('button', { name: 'Join the meeting' }).click();
    await page.locator('.in-call').waitFor({ timeout: 20_000 });
    return new SoftphonePage(page);
  }

  /** The link is opened again where a call of this browser's was cut off, and the offer taken to go back. */
  static async goBack(chromium: Chromium, joinUrl: string): Promise<SoftphonePage> {
    const page = await chromium.open(joinUrl);
    await page.getByRole('button', { name: 'Go back in' }).click();
    return new SoftphonePage(page);
  }

  hear(ms: number): Promise<Int16Array> {
    return hearInPage(this.page, ms);
  }
}
