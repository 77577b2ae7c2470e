import type { Page } from 'playwright-core';
import type { RoomId } from '../../../protocol/room/room.ts';
import type { PageServer } from './page-server.ts';
import { doToRoom } from './room-deed.ts';
import { account, SIGNED_OUT } from './scenes.ts';
import { legId, meeting, person, ROOM } from './people.ts';
import { ADA, BEN, CLEO, openAs } from './people-scenes.ts';
import type { Shot } from './shot.ts';

/** Many meetings, forms that keep what was typed, ways to go anywhere, and what is waited for. */
export const COMFORT_SHOTS: readonly Shot[] = [
  { name: 'comfort-meetings', play: manyMeetings },
  { name: 'comfort-meetings-found', play: foundMeetings },
  { name: 'comfort-ended', play: endedMeeting },
  { name: 'comfort-members', whole: false, play: members },
  { name: 'comfort-unsaved', whole: false, play: unsaved },
  { name: 'comfort-sign-in-again', whole: false, play: signInAgain },
  { name: 'comfort-switcher', whole: false, play: switcher },
  { name: 'comfort-undo', play: undo },
  { name: 'comfort-person-phones', whole: false, play: personPhones },
  { name: 'comfort-people', play: manyPeople },
  { name: 'comfort-asked', play: asked },
  { name: 'comfort-refused', play: refused },
  { name: 'comfort-german', play: german },
];

const id = (n: number) => `m-${String.fromCharCode(97 + (n % 26)).repeat(16)}` as RoomId;
const NAMES = ['Budget', 'Planning', 'Support hotline', 'Choir', 'Night shift', 'Board'] as const;

/** Twenty meetings: one live where Grace talks, some to come, some open, some ended. */
export function fillMeetings(server: PageServer): void {
  const others = Array.from({ length: 19 }, (_, n) => {
    const name = `${NAMES[n % NAMES.length]!} ${Math.floor(n / NAMES.length) + 1}`;
    const planned = { state: 'planned', startsAt: `2026-12-${10 + n}T09:00:00.000Z` } as const;
    const ended = { state: 'ended', endedAt: '2026-11-21T09:00:00.000Z' } as const;
    const extension = n === 4 ? { extension: '42' } : {};
    return meeting({ id: id(n), name, ...extension, ...[planned, {}, ended][n % 3] });
  });
  server.meetings = [meeting(), ...others];
  server.fact({ kind: 'room-opened', room: ROOM, openedAtMs: Date.now() - 300_000 });
  const joinedAtMs = Date.now();
  server.put(ROOM, person(2, { joinedAtMs, name: 'Grace Hopper', talking: true }));
  server.put(ROOM, person(3, { joinedAtMs, name: 'Tim', state: 'lobby' }));
}

async function manyMeetings(page: Page, server: PageServer): Promise<void> {
  openAs(server, ADA);
  fillMeetings(server);
  await page.goto(`${server.url}/console`);
  await page.getByText('Grace Hopper talking').waitFor();
}

async function foundMeetings(page: Page, server: PageServer): Promise<void> {
  await manyMeetings(page, server);
  // By keys: what a filled field moves, nobody's typing explains.
  await page.getByLabel('Find a meeting').pressSequentially('choir');
  await page.getByText('3 meetings').waitFor();
}

async function endedMeeting(page: Page, server: PageServer): Promise<void> {
  openAs(server, ADA);
  fillMeetings(server);
  await page.goto(`${server.url}/console#/meetings/${id(2)}`);
  await page.getByRole('button', { name: 'Make another like it' }).waitFor();
}

/** The settings of a meeting that names two people, one of whom has just been found. */
export async function members(page: Page, server: PageServer): Promise<void> {
  openAs(server, ADA);
  server.meetings = [meeting({ members: [{ personId: BEN.id, role: 'moderator' }] })];
  await page.goto(`${server.url}/console#/meetings/${ROOM}`);
  await doToRoom(page, 'Settings');
  await page.getByText('People', { exact: true }).last().click();
  await page.getByLabel('Add somebody').fill('cleo');
  await page.getByRole('button', { name: `Add ${CLEO.name}` }).waitFor();
}

async function unsaved(page: Page, server: PageServer): Promise<void> {
  openAs(server, ADA);
  await page.goto(`${server.url}/console#/meetings/${ROOM}`);
  await doToRoom(page, 'Settings');
  await page.getByLabel('Name', { exact: true }).fill('Tuesday');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('What you changed here is lost.').waitFor();
}

/** The session ended while a name was being typed. */
export async function signInAgain(page: Page, server: PageServer): Promise<void> {
  openAs(server, ADA);
  await page.goto(`${server.url}/console#/meetings/${ROOM}`);
  await doToRoom(page, 'Settings');
  await page.getByLabel('Name', { exact: true }).fill('Tuesday');
  server.replies.set('GET /session', [200, { ...SIGNED_OUT, ways: { setup: false } }]);
  const gone = { type: 'urn:partyline:problem:not-signed-in', title: '', status: 401, detail: '' };
  server.replies.set(`PATCH /meetings/${ROOM}`, [401, { ...gone, detail: 'Sign in first.' }]);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog', { name: 'Sign in again' }).waitFor();
}

async function switcher(page: Page, server: PageServer): Promise<void> {
  await manyMeetings(page, server);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Go to' }).fill('b');
  await page.getByRole('option', { name: 'Ben Okri' }).waitFor();
}

async function undo(page: Page, server: PageServer): Promise<void> {
  openAs(server, ADA);
  const hook = { id: 'w1', url: 'https://example.org/hook', state: 'well', newest: 1 };
  server.replies.set('GET /webhooks', [200, [{ ...hook, deliveredTo: 1, createdAt: '' }]]);
  await page.goto(`${server.url}/console#/webhooks`);
  await page.getByRole('button', { name: 'Delete https' }).click();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
}

async function personPhones(page: Page, server: PageServer): Promise<void> {
  openAs(server, ADA);
  const other = account({ username: 'desk-2', name: 'Desk 2', personId: CLEO.id });
  server.replies.set('GET /accounts', [200, [account({ personId: BEN.id }), other]]);
  await page.goto(`${server.url}/console#/people`);
  await page.getByRole('button', { name: 'Change Ben Okri' }).click();
  await page.getByLabel('Desk 2 (now').waitFor();
}

async function manyPeople(page: Page, server: PageServer): Promise<void> {
  openAs(server, ADA);
  const more = Array.from({ length: 12 }, (_, n) => ({
    ...BEN,
    id: legId(n),
    name: `Person ${n}`,
  }));
  server.replies.set('GET /people', [200, [ADA, BEN, CLEO, ...more]]);
  await page.goto(`${server.url}/console#/people/person%201`);
  await page.getByText('3 of 15').waitFor();
}

async function asked(page: Page, server: PageServer): Promise<void> {
  openAs(server, ADA);
  server.replies.set('GET /people', 'hang');
  await page.goto(`${server.url}/console#/people`);
  await page.getByText('Asking the server').waitFor({ state: 'attached' });
}

async function refused(page: Page, server: PageServer): Promise<void> {
  openAs(server, ADA);
  const detail = 'The store does not answer. Try again in a moment.';
  const type = 'urn:partyline:problem:unavailable';
  server.replies.set('GET /people', [503, { type, title: 'Not available', status: 503, detail }]);
  await page.goto(`${server.url}/console#/people`);
  await page.getByRole('button', { name: 'Try again' }).waitFor();
}

async function german(page: Page, server: PageServer): Promise<void> {
  openAs(server, ADA);
  fillMeetings(server);
  await page.goto(`${server.url}/console?lang=de`);
  await page.getByText('spricht: Grace Hopper').waitFor();
}
