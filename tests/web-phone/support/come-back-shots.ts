import type { Page } from 'playwright-core';
import { person, ROOM } from './people.ts';
import type { PageServer } from './page-server.ts';
import { allowJoining } from './scenes.ts';
import type { Shot } from './shot.ts';

/** A call that broke, and the ways back into it. */
export const COME_BACK_SHOTS: readonly Shot[] = [
  { name: 'join-elsewhere', play: elsewhere },
  { name: 'join-former', play: former },
  { name: 'call-server-away', whole: false, play: serverAway },
];

const ADA = { name: 'Ada Lovelace', via: 'browser', personId: 'person-1' } as const;

export async function talk(page: Page, server: PageServer): Promise<void> {
  allowJoining(server);
  server.put(ROOM, person(1, { ...ADA, joinedAtMs: Date.now() - 90_000 }));
  await page.goto(`${server.url}/join/t1`);
  await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByRole('button', { name: 'Join the meeting' }).click();
  await page.getByRole('button', { name: 'Leave' }).waitFor();
}

/** Another tab of this browser is in the call. */
async function elsewhere(page: Page, server: PageServer): Promise<void> {
  await talk(await page.context().newPage(), server);
  await page.goto(`${server.url}/join/t1`);
  await page.getByText('in another tab').waitFor();
}

/** The tab that was in the call is gone. */
async function former(page: Page, server: PageServer): Promise<void> {
  const gone = await page.context().newPage();
  await talk(gone, server);
  await gone.close();
  await page.goto(`${server.url}/join/t1`);
  await page.getByText('a moment ago').waitFor();
}

/** From now on a page gives a request up at once where it would in seconds. */
const IMPATIENT = `{
  const native = AbortSignal.timeout;
  AbortSignal.timeout = (ms) => native.call(AbortSignal, Math.min(ms, 300));
}`;

async function serverAway(page: Page, server: PageServer): Promise<void> {
  await talk(page, server);
  server.put(ROOM, person(2, { name: 'Grace Hopper', joinedAtMs: Date.now() - 60_000 }));
  await page.evaluate(IMPATIENT);
  server.replies.set('POST /tickets/t1/softphone', 'hang');
  server.sip.breakOff();
  await page.getByRole('button', { name: 'Try now' }).waitFor();
}
