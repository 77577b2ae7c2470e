import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { withoutDeed } from './keyboard/without-deed.ts';
import { faultsOf, SIZES } from './support/axe.ts';
import type { Size } from './support/axe.ts';
import { closePages, openPage, openWindow } from './support/browser-window.ts';
import { EVERY_SHOT } from './support/every-shot.ts';
import { jumpsOf, watchJumps } from './support/jumps.ts';
import { stickingOut } from './support/layout.ts';
import { PageServer } from './support/page-server.ts';
import { permissionsOf, play } from './support/shot.ts';
import type { Shot } from './support/shot.ts';
import { usePages } from './support/stage.ts';

const pages = usePages();
const contexts = new Map<Shot['microphone'], Promise<BrowserContext>>();

/** A page of its own: scenes give theirs scripts that stay. */
async function pageFor(shot: Shot & { readonly size: Size }, server: PageServer): Promise<Page> {
  const context =
    contexts.get(shot.microphone) ??
    openWindow(pages.browser, {
      bypassCSP: true,
      reducedMotion: 'reduce',
      permissions: permissionsOf(shot),
    });
  contexts.set(shot.microphone, context);
  const page = await openPage(await context, server);
  await page.setViewportSize(shot.size);
  await watchJumps(page);
  return page;
}

/** Each scene on one of the screens, by turns; with AXE=all on both. */
const SCENES = EVERY_SHOT.flatMap((shot, n) =>
  sizesFor(shot, n).map((size) => ({ ...shot, size })),
);

function sizesFor({ wide }: Shot, n: number): readonly Size[] {
  const [small, large] = SIZES;
  if (wide) return [large];
  if (process.env.AXE === 'all') return SIZES;
  return n % 2 === 0 ? [small] : [large];
}

test.concurrent.for(SCENES)(
  'it can be seen, heard and typed by everybody, and nothing jumps: $name, $size.width px',
  { timeout: 30_000 },
  async (shot) => {
    const server = await PageServer.start(pages.folder);
    const page = await pageFor(shot, server);
    try {
      await play(shot, page, server);
      // What comes late comes while axe looks.
      const faults = [
        ...(await faultsOf(page)),
        ...(await jumpsOf(page)),
        ...(await stickingOut(page)),
        ...(await withoutDeed(page)),
      ];
      expect(faults.join('\n')).toBe('');
    } finally {
      await closePages(page, server);
      await server.stop();
    }
  },
);

test.concurrent('what moves by itself is named', async () => {
  const context = await pages.browser.newContext({ viewport: SIZES[0] });
  const page = await context.newPage();
  await watchJumps(page);
  await page.goto('data:text/html,<div class="pushed" style="height: 300px">Grace</div>');
  await page.evaluate(DRAWN);
  expect(await jumpsOf(page)).toEqual([]);
  await page.evaluate(() => document.body.prepend(document.createElement('hr'), 'On top'));
  await page.evaluate(() => (document.querySelector('hr')!.style.marginBlockEnd = '200px'));
  await page.evaluate(DRAWN);
  expect((await jumpsOf(page)).join('\n')).toMatch(
    /moves by itself, 0\.\d+: <div\.pushed> "Grace"/,
  );
  await context.close();
});

/** Runs in the page: what stands has been on the screen. */
function DRAWN(): Promise<unknown> {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}
