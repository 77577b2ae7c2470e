import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const BRIEF: RunOptions = { resultTypes: ['violations'], preload: false };

/** WCAG 2.2, levels A and AA. */
const WCAG: RunOptions = {
  ...BRIEF,
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
};

/** What the other scheme can change: nothing but colours. */
const COLOURS: RunOptions = { ...BRIEF, runOnly: { type: 'rule', values: ['color-contrast'] } };

interface PageWithAxe {
  readonly axe: { run(options: RunOptions): Promise<AxeResults> };
}

const NARROW = { width: 390, height: 844 };
export const WIDE = { width: 1280, height: 900 };
export const SIZES = [NARROW, WIDE] as const;

/**
 * What is wrong with a page as it stands, on screens of these sizes, light and dark; a line for each
 * element: where, the rule, the element, what to mend. The page's context has to bypass its policy.
 */
export async function faultsOf(
  page: Page,
  sizes: readonly (typeof SIZES)[number][],
): Promise<readonly string[]> {
  await page.evaluate(SOURCE);
  const faults: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const found = await run(page, colorScheme === 'light' ? WCAG : COLOURS);
      faults.push(...found.map((fault) => `${colorScheme}, ${size.width} px: ${fault}`));
    }
  }
  return faults;
}

async function run(page: Page, asked: RunOptions): Promise<readonly string[]> {
  const { violations } = await page.evaluate(
    (options) => (window as unknown as PageWithAxe).axe.run(options),
    asked,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} ${failureSummary}`),
  );
}
