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

/** A small telephone's screen and a large one. */
export const SIZES = [
  { width: 360, height: 740 },
  { width: 1440, height: 900 },
] as const;

export type Size = (typeof SIZES)[number];

/**
 * What is wrong with a page as it stands, light and dark; a line for each element: the rule, the
 * element, what to mend. The page's context has to bypass its policy.
 */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(SOURCE);
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const found = await run(page, colorScheme === 'light' ? WCAG : COLOURS);
    faults.push(...found.map((fault) => `${colorScheme}: ${fault}`));
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
