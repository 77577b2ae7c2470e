import type { Page } from 'playwright-core';
import type { PageServer } from './page-server.ts';

/** One scene to photograph. */
export interface Shot {
  readonly name: string;
  readonly play: (page: Page, server: PageServer) => Promise<void>;
  readonly microphone?: 'refused';
  /** Played on a large screen alone: on a small one the way there is another. */
  readonly wide?: true;
  /** Whole page (default) or only what the window shows. */
  readonly whole?: boolean;
}

/** What a context must grant for it. */
export function permissionsOf({ microphone }: Shot): string[] {
  return microphone === 'refused' ? [] : ['microphone'];
}

/** Plays it on a page that has not been anywhere. */
export async function play(shot: Shot, page: Page, server: PageServer): Promise<void> {
  if (shot.microphone === 'refused')
    await page.addInitScript(
      `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))`,
    );
  await shot.play(page, server);
}

/** The person changes the language in another tab: the scene that was played in English goes on in it. */
export async function speakIn(page: Page, language: string): Promise<void> {
  await page.evaluate((newValue) => {
    dispatchEvent(new StorageEvent('storage', { key: 'partyline.language', newValue }));
  }, language);
  await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
}
