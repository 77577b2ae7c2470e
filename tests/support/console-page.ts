import type { Locator, Page } from 'playwright-core';
import type { MeetingView } from '../../protocol/http/views.ts';
import type { Chromium } from './chromium.ts';
import type { Product } from './product.ts';

/** The admin console, open on one meeting. */
export class ConsolePage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(
    chromium: Chromium,
    product: Product,
    meeting: MeetingView,
  ): Promise<ConsolePage> {
    const page = await chromium.open(`${product.url}/console`);
    await page.getByLabel('Admin key').fill(product.adminKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: meeting.name }).click();
    await page.getByRole('heading', { name: meeting.name }).waitFor();
    return new ConsolePage(page);
  }

  row(name: string): Locator {
    return personRow(this.page, name);
  }

  /** Waits until the row says so (`talking`, `muted`). */
  async shows(name: string, state: 'talking' | 'muted'): Promise<void> {
    await this.row(name)
      .locator(`.state-${state === 'muted' ? 'muted' : 'talks'}`)
      .waitFor();
  }

  mute(name: string): Promise<void> {
    return this.page.getByRole('button', { name: `Mute ${name}`, exact: true }).click();
  }

  unmute(name: string): Promise<void> {
    return this.page.getByRole('button', { name: `Unmute ${name}`, exact: true }).click();
  }

  async remove(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `Remove ${name}`, exact: true }).click();
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name: 'Remove', exact: true })
      .click();
  }

  /** What is told of somebody in a window of their own, by its names; the window is closed again. */
  async factsOf(name: string): Promise<Readonly<Record<string, string>>> {
    await this.page.getByRole('button', { name: `Details of ${name}`, exact: true }).click();
    const facts = this.page.getByRole('dialog').locator('.sheet-fact');
    await facts.first().waitFor();
    const pairs = await facts.evaluateAll((found) =>
      found.map((fact) => ['dt', 'dd'].map((tag) => fact.querySelector(tag)?.textContent ?? '')),
    );
    await this.page.keyboard.press('Escape');
    return Object.fromEntries(pairs) as Record<string, string>;
  }

  async gone(name: string, withinMs: number): Promise<void> {
    await this.row(name).waitFor({ state: 'detached', timeout: withinMs });
  }
}

/** One person's row in either page's list. */
export function personRow(page: Page, name: string): Locator {
  return page.locator('li.person').filter({ hasText: name });
}
