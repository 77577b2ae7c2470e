import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { faultsOf, SIZES, WIDE } from './support/axe.ts';
import { EVERY_SHOT } from './support/every-shot.ts';
import { stickingOut } from './support/layout.ts';
import { PageServer } from './support/page-server.ts';
import { permissionsOf, play } from './support/shot.ts';
import type { Shot } from './support/shot.ts';
import { usePages } from './support/stage.ts';

const pages = usePages();
const contexts = new Map<Shot['microphone'], Promise<BrowserContext>>();

/** A page of its own: scenes give theirs scripts that stay. Each server is another origin, so nothing is remembered. */
async function pageFor(shot: Shot): Promise<Page> {
  const context =
    contexts.get(shot.microphone) ??
    pages.browser.newContext({
      bypassCSP: true,
      reducedMotion: 'reduce',
      permissions: permissionsOf(shot),
      viewport: WIDE,
    });
  contexts.set(shot.microphone, context);
  return (await context).newPage();
}

/** Each scene on one of the screens, by turns; with AXE=all on both. */
const SCENES = EVERY_SHOT.map((shot, n) => ({
  ...shot,
  sizes: process.env.AXE === 'all' ? SIZES : [SIZES[n % 2]!],
}));

test.concurrent.for(SCENES)(
  'it can be seen, heard and typed by everybody: $name',
  { timeout: 30_000 },
  async (shot) => {
    const server = await PageServer.start(pages.folder);
    const page = await pageFor(shot);
    try {
      await play(shot, page, server);
      const faults = [...(await faultsOf(page, shot.sizes)), ...(await stickingOut(page))];
      expect(faults.join('\n')).toBe('');
    } finally {
      await page.close();
      await server.stop();
    }
  },
);
