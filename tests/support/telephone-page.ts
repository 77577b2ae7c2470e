import type { Page } from 'playwright-core';
import { BROWSER_RATE_HZ, hearInPage, type Chromium } from './chromium.ts';
import { heard } from './ear.ts';
import { newcomer, signIn } from './phone-sign-in.ts';
import type { Product } from './product.ts';

/** The telephone of somebody with an account, in a browser. */
export class TelephonePage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Makes the person, signs them in, and waits until calls come through. */
  static async open(chromium: Chromium, product: Product, login: string): Promise<TelephonePage> {
    const person = await newcomer(product, login);
    const page = await chromium.open(`${product.url}/phone`);
    await page.getByRole('heading', { name: 'Sign in to use your telephone' }).waitFor();
    await page.evaluate(signIn, person);
    await page.reload();
    const telephone = new TelephonePage(page);
    await telephone.ready();
    return telephone;
  }

  async ready(): Promise<void> {
    await this.page.getByText(/· Ready ·/).waitFor({ timeout: 20_000 });
  }

  async dial(typed: string): Promise<void> {
    await this.page.getByLabel('Name or number').fill(typed);
    await this.press('Call');
  }

  async press(name: string | RegExp): Promise<void> {
    const exact = typeof name === 'string';
    await this.page.getByRole('button', { name, exact }).first().click();
  }

  async shows(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).first().waitFor({ timeout: 15_000 });
  }

  async hears(tones: readonly number[]): Promise<readonly number[]> {
    return heard(await hearInPage(this.page, 1000), BROWSER_RATE_HZ, tones);
  }
}
