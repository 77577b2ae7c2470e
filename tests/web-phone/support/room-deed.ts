import type { Page } from 'playwright-core';

/** Presses one of a room's buttons in the console, which on a narrow screen is in the menu beside them. */
export async function doToRoom(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  const more = page.getByRole('button', { name: 'More', exact: true });
  await button.or(more).first().waitFor();
  if (await button.isVisible()) return button.click();
  await more.click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}
