import type { BrowserContext } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { EVERY_JOURNEY } from './keyboard/every-journey.ts';
import { travel } from './keyboard/keys.ts';
import { closePages, openPage, openWindow } from './support/browser-window.ts';
import { PageServer } from './support/page-server.ts';
import { usePages } from './support/stage.ts';

const pages = usePages();
let context: Promise<BrowserContext> | undefined;
afterAll(async () => (await context)?.close());

/** One for all. */
function shared(): Promise<BrowserContext> {
  context ??= openWindow(pages.browser, {
    permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
  });
  return context;
}

test.concurrent.for(EVERY_JOURNEY)(
  'by keys alone, $name ($place)',
  { timeout: 60_000 },
  async (journey) => {
    const server = await PageServer.start(pages.folder);
    const page = await openPage(await shared(), server);
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(String(error)));
    try {
      await journey.start(page, server);
      expect([...(await travel(page, server, journey)), ...broken].join('\n')).toBe('');
    } finally {
      await closePages(page, server);
      await server.stop();
    }
  },
);
