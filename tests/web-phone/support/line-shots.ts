import type { Page } from 'playwright-core';
import type { LineEntry, OwnPhoneView } from '../../../protocol/http/line.ts';
import type { PageServer } from './page-server.ts';
import { speakIn } from './shot.ts';
import type { Shot } from './shot.ts';

/** Somebody's telephone, without a meeting. */
export const LINE_SHOTS: readonly Shot[] = [
  { name: 'line-stranger', play: stranger },
  { name: 'line-ready', play: openLine },
  { name: 'line-keys', play: keys },
  { name: 'line-calling', play: (page, server) => calling(page, server, 'ignore') },
  { name: 'line-busy', play: (page, server) => calling(page, server, 486) },
  { name: 'line-talking', play: talking },
  { name: 'line-transfer', play: transferring },
  { name: 'line-held', play: held },
  { name: 'line-incoming', play: incoming },
  { name: 'line-second', play: second },
  { name: 'line-offline', play: offline },
  { name: 'line-german', play: german },
];

const PEOPLE: readonly LineEntry[] = [
  { username: 'ada', name: 'Ada Lovelace', extension: '201' },
  { username: 'attic', name: 'Attic', extension: '205' },
  { username: 'grace', name: 'Grace Hopper', extension: '202' },
  { username: 'reception', name: 'Reception' },
];

async function stranger(page: Page, server: PageServer): Promise<void> {
  const problem = { type: 'about:blank', title: 'Not signed in', status: 401, detail: 'Sign in.' };
  server.replies.set('POST /me/phone', [401, problem]);
  await page.goto(`${server.url}/phone`);
  await page.getByRole('link', { name: 'To the console' }).waitFor();
}

/** Ada's telephone: registered, with the people she can call and the calls she had. */
export async function openLine(page: Page, server: PageServer): Promise<void> {
  const [ada] = PEOPLE;
  if (!ada) throw new Error('nobody has a telephone');
  const sip = {
    ...{ uri: 'sip:ada@127.0.0.1', username: 'line-a', password: 'secret', wsUrl: server.sipUrl },
    expiresAt: new Date(Date.now() + 15 * 60_000).toISOString(),
  };
  server.replies.set('POST /me/phone', [
    201,
    { line: ada, sip, numbers: true } satisfies OwnPhoneView,
  ]);
  server.replies.set('GET /me/phone/people', [200, PEOPLE]);
  await page.addInitScript((now) => {
    const calls = [
      { name: 'Grace Hopper', number: '202', kind: 'missed', atMs: now - 600_000 },
      { name: '+4930123456', number: '+4930123456', kind: 'out', atMs: now - 7_200_000 },
      { name: 'Reception', number: 'reception', kind: 'in', atMs: now - 90_000_000 },
    ];
    localStorage.setItem('partyline.recent-calls.ada', JSON.stringify(calls));
  }, Date.parse('2026-11-22T12:00:00Z'));
  await page.goto(`${server.url}/phone`);
  await page.getByText(/· Ready ·/).waitFor();
  await page.getByText('Extension 202').waitFor();
}

async function keys(page: Page, server: PageServer): Promise<void> {
  await openLine(page, server);
  await page.getByRole('button', { name: 'Keypad' }).click();
  for (const key of ['2', '0', '5'])
    await page.getByRole('button', { name: key, exact: true }).click();
}

async function calling(page: Page, server: PageServer, answer: 'ignore' | number): Promise<void> {
  server.sip.answer = answer;
  await openLine(page, server);
  await page.getByRole('button', { name: 'Call Grace Hopper' }).first().click();
  await page.getByText(answer === 'ignore' ? 'Calling…' : 'Busy.').waitFor();
}

async function talking(page: Page, server: PageServer): Promise<void> {
  await openLine(page, server);
  await page.getByRole('button', { name: 'Call Grace Hopper' }).first().click();
  await page.getByRole('button', { name: 'Hang up' }).waitFor();
}

async function transferring(page: Page, server: PageServer): Promise<void> {
  await talking(page, server);
  await page.getByRole('button', { name: 'Transfer' }).click();
  await page.getByRole('form', { name: 'Transfer Grace Hopper' }).waitFor();
}

const REST = { name: 'Reception', number: '200' };

async function held(page: Page, server: PageServer): Promise<void> {
  await talking(page, server);
  await page.getByRole('button', { name: 'Hold', exact: true }).click();
  await page.getByText('On hold').waitFor();
}

async function incoming(page: Page, server: PageServer): Promise<void> {
  await openLine(page, server);
  server.sip.ring(REST);
  await page.getByRole('button', { name: 'Answer', exact: true }).waitFor();
}

/** Somebody else calls in the midst of a call. */
async function second(page: Page, server: PageServer): Promise<void> {
  await talking(page, server);
  server.sip.ring(REST);
  await page.getByRole('button', { name: 'Hold and answer' }).waitFor();
}

async function offline(page: Page, server: PageServer): Promise<void> {
  await openLine(page, server);
  server.sip.away = true;
  server.sip.breakOff();
  await page.getByText('Not reachable').waitFor();
}

async function german(page: Page, server: PageServer): Promise<void> {
  await incoming(page, server);
  await speakIn(page, 'de');
  await page.getByRole('button', { name: 'Annehmen' }).waitFor();
}
