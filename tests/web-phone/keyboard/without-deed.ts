import type { Page } from 'playwright-core';
import { controlsOf } from '../support/stops.ts';
import { placeOf } from './deed.ts';
import { undone } from './every-journey.ts';

/** What a page shows that no journey does anything with. Journeys are in English, so other languages are left alone. */
export async function withoutDeed(page: Page): Promise<readonly string[]> {
  if ((await page.locator('html').getAttribute('lang')) !== 'en') return [];
  return undone(placeOf(page.url()), (await controlsOf(page)).controls);
}
