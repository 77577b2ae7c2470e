import type { Page } from 'playwright-core';
import type { HouseBanView, OccurrenceView } from '../../../protocol/http/views.ts';
import { BEN } from './people-scenes.ts';
import type { PageServer } from './page-server.ts';
import { meeting, ROOM } from './people.ts';
import { account, ban, openConsole } from './scenes.ts';
import type { Shot } from './shot.ts';

/** Bans of the house, the times of a series, an ended meeting that is about to be. */
export const UPKEEP_SHOTS: readonly Shot[] = [
  { name: 'bans', play: bans },
  { name: 'ban-add', whole: false, play: addBan },
  { name: 'bans-none', play: noBans },
  { name: 'series', play: series },
  { name: 'ending', whole: false, play: ending },
];

const BANS: readonly HouseBanView[] = [
  ban({ id: 'b2', name: 'Nuisance caller', number: '+49…0137', by: 'console' }),
  { ...ban({ by: 'Grace Hopper' }), meeting: { id: ROOM, name: 'Monday round' } },
  ban({ id: 'b3', name: 'Front desk', number: '', until: '2026-12-22T09:00:00.000Z' }),
];

export async function bans(page: Page, server: PageServer): Promise<void> {
  openConsole(server);
  server.replies.set('GET /bans', [200, BANS]);
  server.replies.set('GET /accounts', [200, [account()]]);
  server.replies.set('GET /people', [200, [BEN]]);
  await page.goto(`${server.url}/console#/bans`);
  await page.getByText('Nuisance caller').waitFor();
}

async function addBan(page: Page, server: PageServer): Promise<void> {
  await bans(page, server);
  await page.getByRole('button', { name: 'Ban somebody' }).click();
  await page.getByLabel('Number').fill('+49 30 901234');
}

async function noBans(page: Page, server: PageServer): Promise<void> {
  openConsole(server);
  await page.goto(`${server.url}/console#/bans`);
  await page.getByText('Nobody is banned').waitFor();
}

/** Mondays, of which the first is left out. */
export const TIMES: readonly OccurrenceView[] = [23, 30, 37, 44].map((day, week) => {
  const startsAt = new Date(Date.UTC(2026, 10, day, 9)).toISOString();
  const endsAt = new Date(Date.UTC(2026, 10, day, 10)).toISOString();
  return { at: startsAt, startsAt, endsAt, ...(week === 0 && { skipped: true }) };
});

export async function series(page: Page, server: PageServer): Promise<void> {
  const [out, next] = TIMES;
  const weekly = meeting({
    state: 'planned',
    startsAt: out?.startsAt ?? '',
    timeZone: 'Europe/Berlin',
    recurrence: 'FREQ=WEEKLY',
    ...(next && { next }),
    leftOut: [out?.at ?? ''],
  });
  openConsole(server, [weekly]);
  server.replies.set(`GET /meetings/${ROOM}/occurrences`, [200, TIMES]);
  await page.goto(`${server.url}/console#/meetings/${ROOM}`);
  await page.getByRole('heading', { name: 'Next times' }).waitFor();
}

async function ending(page: Page, server: PageServer): Promise<void> {
  openConsole(server);
  server.replies.set(`POST /meetings/${ROOM}/end`, 'hang');
  await page.goto(`${server.url}/console#/meetings/${ROOM}`);
  await page.getByRole('button', { name: 'End meeting' }).click();
  await page.getByText('is about to end').waitFor();
}
