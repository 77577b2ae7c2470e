/**
 * Pictures of every page and state, in three widths, light and dark:
 * `node --import tsx tests/web-phone/screenshots.ts FOLDER [part of a name]`. Build first.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { EVERY_SHOT } from './support/every-shot.ts';
import { PageServer } from './support/page-server.ts';
import { permissionsOf, play } from './support/shot.ts';
import type { Shot } from './support/shot.ts';

const WIDTHS = [360, 768, 1440];
const HEIGHTS: Readonly<Record<number, number>> = { 360: 740, 768: 1024, 1440: 900 };
const SCHEMES = ['light', 'dark'] as const;

const [folder, wanted = ''] = process.argv.slice(2);
if (folder === undefined) throw new Error('say into which folder');
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
  ],
});
for (const shot of EVERY_SHOT.filter(({ name }) => name.includes(wanted)))
  for (const colorScheme of SCHEMES) await take(browser, shot, colorScheme, folder);
await browser.close();

/** One scene in one scheme, photographed at each width without being set up anew. */
async function take(
  from: Browser,
  shot: Shot,
  colorScheme: (typeof SCHEMES)[number],
  into: string,
): Promise<void> {
  const server = await PageServer.start();
  const context = await from.newContext({
    colorScheme,
    permissions: permissionsOf(shot),
    viewport: { width: 360, height: 740 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  try {
    await play(shot, page, server);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHTS[width] ?? 900 });
      const path = join(into, `${shot.name}-${colorScheme}-${width}.png`);
      await page.screenshot({ path, fullPage: shot.whole ?? true });
    }
    console.log(shot.name, colorScheme);
  } finally {
    await context.close();
    await server.stop();
  }
}
