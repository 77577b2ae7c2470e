import type { Page } from 'playwright-core';
import type { AccountView } from '../../../protocol/http/views.ts';
import type { PageServer } from './page-server.ts';
import { meeting, ROOM } from './people.ts';
import { ADA } from './people-scenes.ts';
import { account, openConsole, trunk } from './scenes.ts';
import type { Shot } from './shot.ts';

/** Desk phones and how their settings come into them. */
export const TELEPHONE_SHOTS: readonly Shot[] = [
  { name: 'phones-list', play: somePhones },
  { name: 'phone-edit', whole: false, play: edit },
  { name: 'phone-rotate', whole: false, play: rotate },
  { name: 'phone-yealink', whole: false, play: (page, server) => made(page, server, 'Yealink') },
  { name: 'phone-linphone', whole: false, play: (page, server) => made(page, server, 'Linphone') },
  { name: 'trunk-tested', play: trunkTested },
  { name: 'phone-baresip', whole: false, play: (page, server) => made(page, server, 'baresip') },
];

/** One whose password was just made. */
export function withPassword(server: PageServer): AccountView {
  const url = `${server.url}/provision/${'t'.repeat(32)}/`;
  const expiresAt = new Date(Date.now() + 14 * 60_000).toISOString();
  return account({ password: 'k3v5q2xw7abcdefghij2', provisioning: { url, expiresAt } });
}

export async function somePhones(page: Page, server: PageServer): Promise<void> {
  openConsole(server, [meeting({ name: 'Weekly' })]);
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const device = {
    address: '192.0.2.17:5060',
    transport: 'udp',
    userAgent: 'Yealink SIP-T46U 108.86',
    since: minutesAgo(3_000),
    expiresAt: minutesAgo(-40),
  } as const;
  const fetched = { expiresAt: minutesAgo(-1), fetchedAt: minutesAgo(1), fetchedBy: 'snomD785' };
  server.replies.set('GET /people', [200, [ADA]]);
  server.replies.set('GET /accounts', [
    200,
    [
      account({
        registered: [device, { ...device, address: '192.0.2.18:5060' }],
        lastCall: { at: minutesAgo(60), meeting: ROOM },
      }),
      account({ username: '201', name: 'Meeting room West', provisioning: fetched }),
      account({ username: '202', name: 'Attic', personId: ADA.id }),
    ],
  ]);
  await page.goto(`${server.url}/console#/phones`);
  await page.getByText('Attic').waitFor();
}

async function edit(page: Page, server: PageServer): Promise<void> {
  await somePhones(page, server);
  await page.getByRole('button', { name: 'Change reception' }).click();
  await page.getByRole('dialog').getByLabel('Which person').waitFor();
}

async function rotate(page: Page, server: PageServer): Promise<void> {
  await somePhones(page, server);
  await page.getByRole('button', { name: 'New password for reception' }).click();
  await page.getByRole('dialog').waitFor();
}

async function made(page: Page, server: PageServer, make: string): Promise<void> {
  await rotate(page, server);
  server.replies.set('POST /accounts/reception/rotate', [200, withPassword(server)]);
  await page.getByRole('button', { name: 'Make a new password' }).click();
  await page.getByRole('tab', { name: make }).click();
  await page.getByRole('tabpanel', { name: make }).waitFor();
}

async function trunkTested(page: Page, server: PageServer): Promise<void> {
  openConsole(server);
  const trouble = {
    kind: 'registration-refused',
    status: 403,
    reason: 'Account suspended',
  } as const;
  const numbers = [{ number: '+4940901234', label: 'Hamburg', language: 'en' as const }];
  server.replies.set('GET /trunks', [
    200,
    [
      trunk({ line: { state: 'registered' } }),
      trunk({ name: 'fallback', line: { state: 'refused', trouble }, numbers }),
      trunk({
        name: 'house',
        line: { state: 'trying', trouble: { kind: 'no-answer' } },
        numbers: [],
        outbound: false,
      }),
    ],
  ]);
  const said = { answered: true, status: 200, reason: 'OK', ms: 38, agent: 'Telco SBC 7.2' };
  server.replies.set('POST /trunks/provider/test', [200, said]);
  server.replies.set('POST /trunks/house/test', [200, { answered: false, ms: 6_000 }]);
  await page.goto(`${server.url}/console#/trunks`);
  await page.getByRole('button', { name: 'Test provider' }).click();
  await page.getByText('200 OK').waitFor();
  await page.getByRole('button', { name: 'Test house' }).click();
  await page.getByText('No answer within 6 s').waitFor();
}
