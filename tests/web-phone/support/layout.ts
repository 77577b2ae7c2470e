import type { Page } from 'playwright-core';

/** The narrowest screen that everything has to be used on without scrolling sideways (WCAG 2.2, 1.4.10). */
const NARROWEST = { width: 320, height: 640 };

/** A mobile phone on which letters were made twice as large, as the softphone and the telephone have to bear (WCAG 2.2, 1.4.4). */
const WITH_LARGE_LETTERS = { width: 360, height: 740 };

/** What sticks out of a page at 320 px, read from the left and from the right, and with large letters; a line for each element. */
export async function stickingOut(page: Page): Promise<readonly string[]> {
  await page.setViewportSize(NARROWEST);
  const faults: string[] = [];
  for (const dir of ['rtl', 'ltr']) {
    const found = await page.evaluate(OUTSIDE, dir);
    faults.push(...found.map((element) => `${dir}, 320 px: sticks out: ${element}`));
  }
  if (!(await page.evaluate(ENLARGED))) return faults;
  await page.setViewportSize(WITH_LARGE_LETTERS);
  const found = await page.evaluate(OUTSIDE, 'ltr');
  return [...faults, ...found.map((element) => `200 % letters: sticks out: ${element}`)];
}

/** Runs in the page: letters twice as large, where it is one of those who call. */
function ENLARGED(): boolean {
  if (document.querySelector('.door, .in-call, .line') === null) return false;
  document.documentElement.style.fontSize = '200%';
  return true;
}

/** Runs in the page: the innermost elements that make it wider than the screen. */
function OUTSIDE(dir: string): string[] {
  document.documentElement.dir = dir;
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const out = [...document.body.querySelectorAll('*')].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (right > clientWidth + 1 || left < -1);
  });
  const innermost = out.filter((element) => !out.some((o) => o !== element && element.contains(o)));
  return innermost.slice(0, 3).map((element) => element.outerHTML.slice(0, 120));
}
