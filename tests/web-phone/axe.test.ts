import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { faultsOf, SIZES } from './support/axe.ts';
import { EVERY_SHOT } from './support/every-shot.ts';
import { PageServer } from './support/page-server.ts';
import { permissionsOf, play } from './support/shot.ts';
import type { Shot } from './support/shot.ts';
import { usePages } from './support/stage.ts';

const pages = usePages();
/** Each server is another origin, so that a page remembers nothing of the scene before. */
const free: Page[] = [];

async function pageFor(shot: Shot): Promise<Page> {
  const used = shot.microphone === 'refused' ? undefined : free.pop();
  if (used) return used;
  const permissions = permissionsOf(shot);
  return pages.browser.newPage({ bypassCSP: true, reducedMotion: 'reduce', permissions });
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
      expect((await faultsOf(page, shot.sizes)).join('\n')).toBe('');
      await page.goto('about:blank');
      if (shot.microphone !== 'refused') free.push(page);
    } finally {
      await server.stop();
    }
  },
);
