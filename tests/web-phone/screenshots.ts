/**
 * Pictures of every page and state, in three widths, light and dark, with `index.html` to look them through:
 * `npm run screenshots -- FOLDER [part of a name] [--lang=de] [--rtl]`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { contactSheet } from './support/contact-sheet.ts';
import { EVERY_SHOT } from './support/every-shot.ts';
import { PageServer } from './support/page-server.ts';
import { permissionsOf, play, speakIn } from './support/shot.ts';
import type { Shot } from './support/shot.ts';

/** The widest first: there scenes are played. */
const WIDTHS = [1440, 768, 360];
const HEIGHTS: Readonly<Record<number, number>> = { 360: 740, 768: 1024, 1440: 900 };
const SCHEMES = ['light', 'dark'] as const;
/** Scenes that are played at once. */
const HANDS = 2;

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: { lang: { type: 'string', default: 'en' }, rtl: { type: 'boolean', default: false } },
});
const [folder, wanted = ''] = positionals;
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
const shots = EVERY_SHOT.filter(({ name }) => name.includes(wanted));
const waiting = shots.flatMap((shot) => SCHEMES.map((scheme) => ({ shot, scheme })));
await Promise.all(
  Array.from({ length: HANDS }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      await take(browser, next.shot, next.scheme, folder);
  }),
);
await browser.close();
const views = SCHEMES.flatMap((scheme) => WIDTHS.map((width) => `${scheme}-${width}`));
writeFileSync(
  join(folder, 'index.html'),
  contactSheet(
    shots.map(({ name }) => name),
    views,
  ),
);

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
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  try {
    await play(shot, page, server);
    if (asked.lang !== 'en') await speakIn(page, asked.lang);
    if (asked.rtl) await page.evaluate(() => (document.documentElement.dir = 'rtl'));
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
