import type { Page } from 'playwright-core';
import { account, alarm, openConsole, trunk } from './scenes.ts';
import type { PageServer } from './page-server.ts';
import { meeting, person, ROOM } from './people.ts';
import { ADA, BEN, CLEO, KEY, openAs } from './people-scenes.ts';
import type { Shot } from './shot.ts';
import { PAUSED, WELL, withWebhooks } from './webhook-scenes.ts';

/** What owners see of the house, and what observers see of it. */
export const HOUSE_SHOTS: readonly Shot[] = [
  { name: 'loading', play: loading },
  { name: 'house-webhooks', play: webhooks },
  { name: 'house-webhook-add', whole: false, play: addWebhook },
  { name: 'house-webhook-log', whole: false, play: webhookLog },
  { name: 'house-audit', play: audit },
  { name: 'house-me', play: (page, server) => goAs(page, server, { ...ADA, place: 'me' }) },
  { name: 'house-password', whole: false, play: password },
  { name: 'house-made-key', whole: false, play: madeKey },
  { name: 'house-no-trunks', play: (page, server) => nothing(page, server, 'trunks') },
  { name: 'house-quiet', play: (page, server) => nothing(page, server, 'alarms') },
  { name: 'house-nobody', play: (page, server) => nothing(page, server, 'people') },
  { name: 'house-moderator', play: moderator },
  { name: 'observer-room', play: observedRoom },
  { name: 'house-drawer', whole: false, play: drawer },
  ...(['phones', 'trunks', 'alarms', 'people', 'keys', 'me'] as const).map((place) => ({
    name: `observer-${place}`,
    play: (page: Page, server: PageServer) => observe(page, server, place),
  })),
];

async function goAs(
  page: Page,
  server: PageServer,
  who: typeof ADA & { readonly place: string },
): Promise<void> {
  openAs(server, who);
  await page.goto(`${server.url}/console#/${who.place}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('Firefox').first().waitFor();
}

async function loading(page: Page, server: PageServer): Promise<void> {
  server.replies.set('GET /tickets/t1', 'hang');
  await page.goto(`${server.url}/join/t1`);
  await page.getByText('Looking up the meeting').waitFor();
}

async function webhooks(page: Page, server: PageServer): Promise<void> {
  openAs(server, ADA);
  withWebhooks(server);
  await page.goto(`${server.url}/console#/webhooks`);
  await page.getByText(PAUSED.url).waitFor();
}

async function addWebhook(page: Page, server: PageServer): Promise<void> {
  await webhooks(page, server);
  await page.getByRole('button', { name: 'Add a webhook' }).click();
  await page.getByLabel('All events').click();
  await page.getByRole('group', { name: 'Events' }).waitFor();
}

async function webhookLog(page: Page, server: PageServer): Promise<void> {
  await webhooks(page, server);
  await page.getByRole('listitem').filter({ hasText: WELL.url }).getByText('Log').click();
  await page
    .getByRole('button', { name: /^Send again/ })
    .first()
    .waitFor();
}

async function audit(page: Page, server: PageServer): Promise<void> {
  openAs(server, ADA);
  withWebhooks(server);
  await page.goto(`${server.url}/console#/audit`);
  await page.getByText('refused 401').waitFor();
}

/** On a narrow screen; a wide one shows the list beside the page instead. */
async function drawer(page: Page, server: PageServer): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await goAs(page, server, { ...ADA, place: 'me' });
  await page.getByRole('button', { name: 'Places' }).click();
  await page.getByRole('dialog').waitFor();
}

async function password(page: Page, server: PageServer): Promise<void> {
  await goAs(page, server, { ...BEN, place: 'me' });
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByRole('dialog').waitFor();
}

async function madeKey(page: Page, server: PageServer): Promise<void> {
  openAs(server, ADA);
  server.replies.set('POST /keys', [201, { ...KEY, key: `plk_${'x'.repeat(43)}` }]);
  await page.goto(`${server.url}/console#/keys`);
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByLabel('Which program').fill('Calendar');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(Make|Create)/ })
    .click();
  await page.getByRole('dialog').getByText('plk_').waitFor();
}

async function nothing(page: Page, server: PageServer, place: string): Promise<void> {
  openConsole(server);
  await page.goto(`${server.url}/console#/${place}`);
  await page.locator('.empty').waitFor();
}

function someRoom(server: PageServer): void {
  server.fact({ kind: 'room-opened', room: ROOM, openedAtMs: Date.now() - 300_000 });
  server.put(
    ROOM,
    person(2, {
      joinedAtMs: Date.now(),
      name: 'Grace Hopper',
      talking: true,
      hand: true,
      handAtMs: 1,
    }),
  );
  server.put(
    ROOM,
    person(3, { joinedAtMs: Date.now(), name: 'Tim', muted: true, wantsHelp: true }),
  );
  server.put(ROOM, person(20, { joinedAtMs: Date.now(), name: 'Alan Turing', state: 'lobby' }));
}

async function moderator(page: Page, server: PageServer): Promise<void> {
  openAs(server, BEN);
  someRoom(server);
  await page.goto(`${server.url}/console#/meetings/${ROOM}`);
  await page.getByText('Asked for help').waitFor();
  await page.getByText('Tim', { exact: true }).first().waitFor();
}

/** An observer is told of no way in. */
async function observedRoom(page: Page, server: PageServer): Promise<void> {
  openAs(server, CLEO);
  server.meetings = [
    meeting({ joinUrl: '', moderatorUrl: '', codes: { join: '', moderator: '' } }),
  ];
  someRoom(server);
  await page.goto(`${server.url}/console#/meetings/${ROOM}`);
  await page.getByRole('list', { name: 'People in the meeting' }).waitFor();
}

async function observe(page: Page, server: PageServer, place: string): Promise<void> {
  openAs(server, CLEO);
  server.replies.set('GET /accounts', [200, [account()]]);
  server.replies.set('GET /trunks', [200, [trunk()]]);
  const until = new Date(Date.now() + 600_000).toISOString();
  server.replies.set('GET /alarms', [200, [alarm({ until })]]);
  await page.goto(`${server.url}/console#/${place}`);
  await page.locator('.row-card').first().waitFor();
}
