import type { Page } from 'playwright-core';
import { pastSession } from './history.ts';
import type { PageServer } from './page-server.ts';
import { openConsole } from './scenes.ts';
import type { Shot } from './shot.ts';

/** What was: the list of sessions, and one of them. */
export const HISTORY_SHOTS: readonly Shot[] = [
  { name: 'history', play: sessions },
  { name: 'history-session', play: oneSession },
];

/** The scripted server has a past. */
export function giveHistory(server: PageServer): void {
  const past = pastSession();
  const { id, meeting, name, startedAt, people, most } = past;
  const live = { id: 'live', meeting, name: 'Standup', startedAt, people, most };
  const summary = { ...live, id, name, endedAt: past.endedAt };
  const one = `/meetings/${summary.meeting}/history/${summary.id}`;
  server.replies.set('GET /history', [200, [{ ...live, id: 'live', name: 'Standup' }, summary]]);
  server.replies.set(`GET ${one}`, [200, pastSession()]);
  server.replies.set(`DELETE ${one}`, [204]);
}

async function sessions(page: Page, server: PageServer): Promise<void> {
  giveHistory(server);
  openConsole(server);
  await page.goto(`${server.url}/console#/history`);
  await page.getByText('Weekly round').waitFor();
}

async function oneSession(page: Page, server: PageServer): Promise<void> {
  await sessions(page, server);
  await page.getByText('Weekly round').click();
  await page.getByRole('table').waitFor();
}
