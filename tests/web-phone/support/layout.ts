import type { Page } from 'playwright-core';

/** The narrowest screen that everything has to be used on without scrolling sideways (WCAG 2.2, 1.4.10). */
const NARROWEST = { width: 320, height: 640 };

/** What sticks out of a page at 320 px, read from the left and from the right; a line for each element. */
export async function stickingOut(page: Page): Promise<readonly string[]> {
  await page.setViewportSize(NARROWEST);
  const faults: string[] = [];
  for (const dir of ['rtl', 'ltr']) {
    const found = await page.evaluate(OUTSIDE, dir);
    faults.push(...found.map((element) => `${dir}, 320 px: sticks out: ${element}`));
  }
  return faults;
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
