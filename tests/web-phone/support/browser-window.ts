import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { PageServer } from './page-server.ts';

/**
 * A context whose window stays: a page in one that is open takes half the work of a page with a window
 * of its own, and the process that has compiled the pages' scripts lives on.
 */
export async function openWindow(
  browser: Browser,
  options: BrowserContextOptions,
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  await context.newPage();
  return context;
}

/** A page that finds nothing of what those of an earlier server at the same address kept. */
export async function openPage(context: BrowserContext, { url }: PageServer): Promise<Page> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: url, storageTypes: 'local_storage' });
  await session.detach();
  return page;
}

/** Closes the page, and those that its scene has opened beside it. */
export async function closePages(page: Page, { url }: PageServer): Promise<void> {
  const open = page.context().pages();
  const ours = open.filter((each) => each === page || each.url().startsWith(`${url}/`));
  await Promise.all(ours.map((each) => each.close()));
}
