import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { buildPages } from '../../support/build-pages.ts';
import { CHROMIUM } from '../../support/chromium-program.ts';
import { openPage, openWindow } from './browser-window.ts';
import { PageServer } from './page-server.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  // A process of its own for the page of each test would be a sixth of the work.
  '--renderer-process-limit=1',
  '--disable-features=IsolateOrigins,site-per-process',
  // A page lives for a second: to compile its scripts a second time, for speed, would be a sixth again.
  '--js-flags=--no-opt --no-maglev',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/** Machines that test are busy ones. */
export const WAIT = { timeout: 15_000 };

/** A fresh page and a fresh scripted server for each test of a file. */
export interface Stage {
  page: Page;
  server: PageServer;
}

/** A browser, and the folder that the pages were built into. */
export interface Pages {
  browser: Browser;
  folder: string;
}

/** Where a run of all tests has built the pages, once for all. */
const BUILT = process.env.PARTYLINE_PAGES;

/** A file that runs by itself builds them into a folder of its own, so that nothing else that serves them is disturbed. */
export function usePages(): Pages {
  const pages = {} as Pages;
  beforeAll(async () => {
    pages.folder = BUILT ?? mkdtempSync(join(tmpdir(), 'partyline-pages-'));
    if (BUILT === undefined) await buildPages(pages.folder);
    pages.browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  }, 60_000);
  afterAll(async () => {
    await pages.browser.close();
    if (BUILT === undefined) rmSync(pages.folder, { recursive: true, force: true });
  });
  return pages;
}

/** The built pages, and for each test what is fresh. */
export function useStage(): Stage {
  const pages = usePages();
  const stage = {} as Stage;
  let context: BrowserContext;
  let broken: string[];

  beforeAll(async () => {
    context = await openWindow(pages.browser, {
      permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce',
    });
  });
  beforeEach(async () => {
    stage.server = await PageServer.start(pages.folder);
    stage.page = await openPage(context, stage.server);
    broken = listenForFaults(stage.page);
  });
  afterEach(async () => {
    const [, ...opened] = context.pages();
    await Promise.all(opened.map((page) => page.close()));
    await stage.server.stop();
    expect(broken).toEqual([]);
  });
  return stage;
}

/** What the page throws, and what a strict content policy forbids it. */
function listenForFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  return faults;
}

/** The row of the list that holds such words. */
export function row(page: Page, words: string) {
  return page.getByRole('listitem').filter({ hasText: words });
}

/** Waits until the server has heard such a request; its body. */
export async function heard(server: PageServer, method: string, path: string): Promise<unknown> {
  const found = () => server.heard.find((each) => each.method === method && each.path === path);
  await expect.poll(found, WAIT).toBeDefined();
  return found()?.body;
}
