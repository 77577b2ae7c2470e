import type { Page } from 'playwright-core';
import type { Participant } from '../../../protocol/room/room.ts';
import { legId, person, ROOM } from './people.ts';
import type { PageServer } from './page-server.ts';
import { allowJoining } from './scenes.ts';
import type { Shot } from './shot.ts';

/** States of a call: who speaks, whom we do not hear, how the line is, keys and settings. */
export const CALL_SHOTS: readonly Shot[] = [
  { name: 'in-call-speaking', whole: false, play: speaking },
  { name: 'in-call-weak', whole: false, play: weak },
  { name: 'in-call-line', whole: false, play: linePanel },
  { name: 'in-call-held', whole: false, play: held },
  { name: 'in-call-nudge', whole: false, play: nudge },
  { name: 'in-call-settings', whole: false, play: settings },
  { name: 'in-call-shortcuts', whole: false, play: shortcuts },
  { name: 'in-call-crowd', whole: false, play: crowd },
  { name: 'in-call-german', whole: false, play: german },
];

export const OWN = person(1, { name: 'Ada Lovelace', via: 'browser', personId: 'person-1' });

const OTHERS: readonly Participant[] = [
  person(2, { name: 'Grace Hopper', role: 'moderator', via: 'browser', talking: true }),
  person(3, { name: 'Hedwig Eva Maria Kiesler-Mandl', number: '+43 1 …137', talking: true }),
  person(4, { name: '陳美玲', via: 'browser', hand: true, handAtMs: 1, muted: true }),
  person(5, { name: 'Tim', number: '+49 30 …199' }),
];

function minutesAgo(minutes: number): number {
  return Date.now() - minutes * 60_000;
}

/** In a call with four others; `own` is how we stand. */
async function inCall(
  page: Page,
  server: PageServer,
  { own = {}, query = '' }: { readonly own?: Partial<Participant>; readonly query?: string } = {},
): Promise<void> {
  allowJoining(server);
  for (const each of OTHERS) server.put(ROOM, { ...each, joinedAtMs: minutesAgo(9) });
  server.put(ROOM, { ...OWN, joinedAtMs: minutesAgo(2), ...own });
  await page.goto(`${server.url}/join/t1${query}`);
  await page.getByRole('textbox').first().fill('Ada Lovelace');
  await page.locator('form button[type=submit]').first().click();
  await page.locator('.mute-button:enabled').waitFor();
}

async function speaking(page: Page, server: PageServer): Promise<void> {
  await inCall(page, server, { own: { unheard: [legId(5)] } });
  await page.getByRole('button', { name: 'Hear Tim again' }).waitFor();
}

async function weak(page: Page, server: PageServer): Promise<void> {
  const quality = { mos: 2.4, lossPercent: 11.3, jitterMs: 42, roundTripMs: 180 };
  await inCall(page, server, { own: { quality } });
  await page.getByText('Your connection is weak').waitFor();
}

async function linePanel(page: Page, server: PageServer): Promise<void> {
  const quality = { mos: 3.7, lossPercent: 2.1, jitterMs: 12, roundTripMs: 80 };
  await inCall(page, server, { own: { quality } });
  await page.getByRole('button', { name: 'Connection: fair' }).click();
  await page.getByRole('heading', { name: 'How the others hear you' }).waitFor();
}

async function held(page: Page, server: PageServer): Promise<void> {
  await inCall(page, server, { own: { muted: true, mutedBy: 'self' } });
  server.replies.set(`PATCH /meetings/${ROOM}/participants/${OWN.id}`, [202]);
  await page.keyboard.down('Space');
  server.put(ROOM, { ...OWN, joinedAtMs: minutesAgo(2) });
  await page.locator('.mute-held').waitFor();
}

async function nudge(page: Page, server: PageServer): Promise<void> {
  await page.addInitScript(SPEAK_STEADILY);
  await inCall(page, server, { own: { muted: true, mutedBy: 'self' } });
  await page.getByText('You are speaking, but you are muted').waitFor({ state: 'attached' });
}

/** Runs in the page: its microphone hears a voice that takes no breath, where the browser's own one beeps now and then. */
function SPEAK_STEADILY(): void {
  navigator.mediaDevices.getUserMedia = () => {
    const context = new AudioContext();
    const microphone = context.createMediaStreamDestination();
    const voice = new OscillatorNode(context, { frequency: 200 });
    voice.connect(microphone);
    voice.start();
    return Promise.resolve(microphone.stream);
  };
}

async function settings(page: Page, server: PageServer): Promise<void> {
  await inCall(page, server);
  await page.getByRole('button', { name: 'Microphone and speaker' }).click();
  await page.getByLabel('Volume of everybody').waitFor();
}

async function shortcuts(page: Page, server: PageServer): Promise<void> {
  await inCall(page, server);
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
}

async function crowd(page: Page, server: PageServer): Promise<void> {
  for (let n = 10; n < 310; n++)
    server.put(
      ROOM,
      person(n, {
        name: `Caller ${n}`,
        muted: n % 3 > 0,
        talking: n % 50 === 0,
        joinedAtMs: minutesAgo(5),
      }),
    );
  await inCall(page, server);
  await page.getByText('305 people').waitFor();
}

async function german(page: Page, server: PageServer): Promise<void> {
  const own = { muted: true, mutedBy: 'moderator', unheard: [legId(5)] } as const;
  await inCall(page, server, { own, query: '?lang=de' });
  await page.getByRole('button', { name: 'Tim wieder hören' }).waitFor();
}
