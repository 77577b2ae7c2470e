import type { Page } from 'playwright-core';
import { apply } from '../../../protocol/room/apply.ts';
import { crowdOf } from './crowd.ts';
import type { PageServer } from './page-server.ts';
import { person, ROOM } from './people.ts';
import { doToRoom } from './room-deed.ts';
import { openConsole, SIGNED_IN } from './scenes.ts';
import type { Shot } from './shot.ts';

/** One room in the console, with few and with many. */
export const CROWD_SHOTS: readonly Shot[] = [
  { name: 'crowd-30', play: (page, server) => openCrowd(page, server, 30) },
  { name: 'crowd-300', whole: false, play: (page, server) => openCrowd(page, server, 300) },
  { name: 'crowd-select', whole: false, play: selecting },
  { name: 'crowd-menu', whole: false, play: menu },
  { name: 'crowd-drawer', whole: false, play: drawer },
  { name: 'crowd-none-fit', play: noneFit },
  { name: 'crowd-talked', play: whoTalked },
  { name: 'crowd-announce', whole: false, play: announcing },
  { name: 'crowd-observer', play: observing },
  { name: 'crowd-lobby', play: lobby },
  { name: 'crowd-german', whole: false, play: german },
];

/** So many people are in the room, and the console shows it. */
export async function openCrowd(
  page: Page,
  server: PageServer,
  count: number,
  search = '',
): Promise<void> {
  openConsole(server);
  for (const participant of crowdOf(count))
    server.rooms = apply(server.rooms, { kind: 'participant-updated', room: ROOM, participant });
  await page.goto(`${server.url}/console${search}#/meetings/${ROOM}`);
  await page.getByText('Ada Lovelace', { exact: true }).waitFor();
}

async function selecting(page: Page, server: PageServer): Promise<void> {
  await openCrowd(page, server, 30);
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await page.getByLabel('Select Grace Lovelace').click();
  await page.getByLabel('Select Tim Lovelace').click({ modifiers: ['Shift'] });
  await page.getByText('4 selected').waitFor();
}

async function menu(page: Page, server: PageServer): Promise<void> {
  await openCrowd(page, server, 30);
  await page.getByRole('button', { name: 'More for Grace Lovelace' }).click();
  await page.getByRole('menuitem', { name: 'Details' }).waitFor();
}

async function drawer(page: Page, server: PageServer): Promise<void> {
  await openCrowd(page, server, 30);
  await page.getByRole('button', { name: 'Details of Mary Lovelace' }).click();
  await page.getByText('Packets lost').waitFor();
}

async function noneFit(page: Page, server: PageServer): Promise<void> {
  await openCrowd(page, server, 30);
  await page.getByLabel('Find by name or number').fill('Nobody');
  await page.getByText('Nobody fits').waitFor();
}

async function whoTalked(page: Page, server: PageServer): Promise<void> {
  await openCrowd(page, server, 30);
  await page.getByText('Who talked', { exact: true }).click();
  await page.getByRole('img', { name: 'Alan Lovelace talked' }).waitFor();
}

async function announcing(page: Page, server: PageServer): Promise<void> {
  server.replies.set('GET /announcements', [200, [{ name: 'fire-drill', seconds: 12.4 }]]);
  await openCrowd(page, server, 3);
  await doToRoom(page, 'Announce');
  await page.getByLabel('Which announcement').waitFor();
}

async function observing(page: Page, server: PageServer): Promise<void> {
  openConsole(server);
  server.replies.set('GET /session', [200, { ...SIGNED_IN, role: 'observer' }]);
  for (const participant of [
    ...crowdOf(8),
    person(90, { name: 'Late', state: 'lobby', joinedAtMs: Date.now() - 70_000 }),
  ])
    server.rooms = apply(server.rooms, { kind: 'participant-updated', room: ROOM, participant });
  await page.goto(`${server.url}/console#/meetings/${ROOM}`);
  await page.getByText('Ada Lovelace', { exact: true }).waitFor();
}

async function lobby(page: Page, server: PageServer): Promise<void> {
  await openCrowd(page, server, 3);
  for (const [n, name] of ['Mallory', 'Trudy', 'Victor', 'Walter'].entries())
    server.put(ROOM, person(80 + n, { name, state: 'lobby', joinedAtMs: Date.now() - 60_000 }));
  await page.getByLabel('Select Mallory').click();
  await page.getByLabel('Select Victor').click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: 'Admit 3' }).waitFor();
}

async function german(page: Page, server: PageServer): Promise<void> {
  await openCrowd(page, server, 30, '?lang=de');
  await page.getByRole('button', { name: 'Auswählen', exact: true }).click();
  await page.getByLabel('Grace Lovelace auswählen').click();
}
