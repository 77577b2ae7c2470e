import type { Page } from 'playwright-core';
import { pastSession } from './history.ts';
import type { PageServer } from './page-server.ts';
import { recording } from './recording-shots.ts';
import { openConsole } from './scenes.ts';
import type { Shot } from './shot.ts';

/** What was: the list of sessions, one of them, and one of which there are recordings. */
export const HISTORY_SHOTS: readonly Shot[] = [
  { name: 'history', play: sessions },
  { name: 'history-session', play: oneSession },
  { name: 'history-recorded', play: recordedSession },
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

/** Two recordings were made while people met, others before and after. */
export function giveSessionRecordings(server: PageServer): void {
  const { name } = pastSession();
  const during = (from: string, to: string) => ({
    name,
    startedAt: `2026-11-22T${from}:00.000Z`,
    endedAt: `2026-11-22T${to}:00.000Z`,
  });
  server.replies.set('GET /recordings', [
    200,
    [
      recording({ id: 'r-9', ...during('10:30', '10:40') }),
      recording({ id: 'r-2', ...during('09:40', '10:00'), durationMs: 1_200_000 }),
      recording({ id: 'r-1', ...during('09:05', '09:31'), durationMs: 1_560_000 }),
      recording({ id: 'r-0', ...during('08:00', '09:00') }),
    ],
  ]);
}

async function recordedSession(page: Page, server: PageServer): Promise<void> {
  giveSessionRecordings(server);
  await oneSession(page, server);
  await page.getByRole('heading', { name: 'Recordings' }).waitFor();
}
