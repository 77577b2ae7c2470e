import { describe, expect, test } from 'vitest';
import type { Participant } from '../../protocol/room/room.ts';
import { person, ROOM } from './support/people.ts';
import { allowJoining } from './support/scenes.ts';
import { heard, row, useStage, WAIT } from './support/stage.ts';

const stage = useStage();
const own = person(1, { name: 'Ada Lovelace', via: 'browser', personId: 'person-1' });
const muted: Participant = { ...own, muted: true, mutedBy: 'self' };
const grace = person(2, { name: 'Grace Hopper' });
const PATH = `/meetings/${ROOM}/participants/${own.id}`;

async function join(as: Participant, role?: 'moderator'): Promise<void> {
  const { page, server } = stage;
  server.put(ROOM, as);
  server.put(ROOM, grace);
  server.replies.set(`PATCH ${PATH}`, [202]);
  allowJoining(server, role === undefined ? {} : { role });
  await page.goto(`${server.url}/join/t1`);
  await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByRole('button', { name: 'Join the meeting' }).click();
  await page.locator('.mute-button:enabled').waitFor(WAIT);
}

/** What our microphone was asked to be, in order. */
function asked(): unknown[] {
  return stage.server.heard
    .filter(({ method, path }) => method === 'PATCH' && path === PATH)
    .map(({ body }) => body);
}

const OPENED = { muted: false };
const CLOSED = { muted: true };

describe('in a call', { timeout: 60_000 }, () => {
  test('Space opens the microphone for as long as it is held', async () => {
    const { page, server } = stage;
    await join(muted);
    await page.keyboard.down('Space');
    await expect.poll(asked, WAIT).toEqual([OPENED]);
    server.put(ROOM, own);
    await page.getByText('On while you hold').waitFor();
    await page.keyboard.up('Space');
    await expect.poll(asked, WAIT).toEqual([OPENED, CLOSED]);
    server.put(ROOM, muted);
    await page.getByText('Muted', { exact: true }).waitFor();
  });

  test('a key that is let go elsewhere, or before the server answers, leaves nobody heard', async () => {
    const { page, server } = stage;
    await join(muted);
    await page.keyboard.down('Space');
    await expect.poll(asked, WAIT).toEqual([OPENED]);
    // Another window takes the keyboard: its keyup never comes.
    await page.evaluate(() => window.dispatchEvent(new Event('blur')));
    server.put(ROOM, own);
    await expect.poll(asked, WAIT).toEqual([OPENED, CLOSED]);
    await page.getByRole('button', { name: 'Unmute' }).waitFor();
  });

  test('the button held is the same, and clicked it stays open', async () => {
    const { page, server } = stage;
    await join(muted);
    const button = page.locator('.mute-button');
    await button.click();
    await expect.poll(asked, WAIT).toEqual([OPENED]);
    server.put(ROOM, own);
    await page.getByText('Microphone on').waitFor();
    await button.click();
    await expect.poll(asked, WAIT).toEqual([OPENED, CLOSED]);
    server.put(ROOM, muted);
    await page.locator('.mute-on').waitFor();
    await button.hover();
    await page.mouse.down();
    await expect.poll(asked, WAIT).toEqual([OPENED, CLOSED, OPENED]);
    server.put(ROOM, own);
    await page.getByText('On while you hold').waitFor();
    await page.waitForFunction((since) => performance.now() - since > 400, await now());
    await page.mouse.up();
    await expect.poll(asked, WAIT).toEqual([OPENED, CLOSED, OPENED, CLOSED]);
  });

  test('Ctrl+D mutes from a text field too; single keys write there, and can be turned off', async () => {
    const { page, server } = stage;
    await join(own);
    await page.getByRole('button', { name: 'Change your name' }).click();
    await page.keyboard.type('mh');
    expect(await page.getByLabel('New name for Ada Lovelace').inputValue()).toBe('mh');
    expect(asked()).toEqual([]);
    await page.keyboard.press('Control+d');
    await expect.poll(asked, WAIT).toEqual([CLOSED]);
    await page.keyboard.press('Escape');
    server.put(ROOM, muted);
    await page.getByRole('button', { name: 'Microphone and speaker' }).click();
    await page.getByLabel('Single keys do things').uncheck();
    await page.keyboard.press('m');
    await page.keyboard.press('Control+d');
    await expect.poll(asked, WAIT).toEqual([CLOSED, OPENED]);
  });

  test('? lists the keys, and H raises a hand', async () => {
    const { page } = stage;
    await join(own);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('h');
    expect(await heard(stage.server, 'PATCH', PATH)).toEqual({ hand: true });
  });
});

describe('a call on the screen', { timeout: 60_000 }, () => {
  test('whom we do not want to hear is asked for, and shown so by the fact', async () => {
    const { page, server } = stage;
    await join(own);
    await page.getByRole('button', { name: 'Don’t hear Grace Hopper' }).click();
    expect(await heard(server, 'PATCH', PATH)).toEqual({ unheard: { id: grace.id, on: true } });
    expect(await page.getByRole('button', { name: 'Hear Grace Hopper again' }).count()).toBe(0);
    server.put(ROOM, { ...own, unheard: [grace.id] });
    await page.getByRole('button', { name: 'Hear Grace Hopper again' }).click();
    await expect
      .poll(asked, WAIT)
      .toEqual([{ unheard: { id: grace.id, on: true } }, { unheard: { id: grace.id, on: false } }]);
  });

  test('who speaks stands above the list, and in the tab stands the meeting', async () => {
    const { page, server } = stage;
    await join(own);
    server.put(ROOM, { ...grace, talking: true });
    await page.locator('.speaking').getByText('Grace Hopper').waitFor();
    await expect.poll(() => page.title()).toBe('● Monday round');
    server.put(ROOM, muted);
    await expect.poll(() => page.title()).toBe('○ Monday round');
  });

  test('the volume of everybody is this machine’s, and kept for the next call', async () => {
    const { page } = stage;
    await join(own);
    await page.getByRole('button', { name: 'Microphone and speaker' }).click();
    await page.getByLabel('Volume of everybody').fill('40');
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Join the meeting' }).click();
    await page.getByRole('button', { name: 'Microphone and speaker' }).click(WAIT);
    await expect.poll(() => page.getByLabel('Volume of everybody').inputValue(), WAIT).toBe('40');
  });

  test('a weak line says what to do and shows its numbers', async () => {
    const { page } = stage;
    await join({ ...own, quality: { mos: 2.1, lossPercent: 12.5, jitterMs: 30 } });
    await page.getByText('Your connection is weak').waitFor();
    await page.getByRole('button', { name: 'Show the numbers' }).click();
    const there = page.getByRole('region', { name: 'How the others hear you' });
    await there.getByText('12.5%').waitFor();
    await page.getByRole('button', { name: 'Connection: very weak' }).waitFor();
  });

  test('of three hundred people few are in the page, and the list says how many there are', async () => {
    const { page, server } = stage;
    for (let n = 10; n < 310; n++) server.put(ROOM, person(n));
    await join(own);
    await page.getByText('302 people').waitFor();
    await expect.poll(() => page.locator('.people > li').count(), WAIT).toBeLessThan(60);
    expect(await row(page, 'Ada Lovelace').getAttribute('aria-setsize')).toBe('302');
    expect(await page.getByRole('button', { name: /Don’t hear/ }).count()).toBe(0);
  });

  test('a screen reader is told as much as one wants', async () => {
    const { page, server } = stage;
    await join(own);
    await page.getByRole('button', { name: 'Microphone and speaker' }).click();
    await page.getByLabel('Tell my screen reader').selectOption('mine');
    server.put(ROOM, person(3, { name: 'Tim' }));
    await row(page, 'Tim').waitFor();
    server.put(ROOM, { ...grace, hand: true, handAtMs: 1 });
    await page.getByRole('log').getByText('Grace Hopper raised a hand.').waitFor();
    expect(await page.getByRole('log').getByText('Tim joined.').count()).toBe(0);
  });
});

function now(): Promise<number> {
  return stage.page.evaluate(() => performance.now());
}

describe('on a mobile phone', { timeout: 60_000 }, () => {
  test("a moderator reads a name whole, beside every button of the person's row", async () => {
    const { page, server } = stage;
    await page.setViewportSize({ width: 360, height: 640 });
    server.put(ROOM, person(3, { name: 'Wilhelmina Featherstone', hand: true, handAtMs: 1 }));
    await join({ ...own, role: 'moderator' }, 'moderator');
    await page.getByRole('button', { name: 'Mute Wilhelmina Featherstone' }).waitFor(WAIT);
    const people = page.getByRole('list', { name: 'People in the meeting' });
    const name = people.getByText('Wilhelmina Featherstone', { exact: true });
    const cut = await name.evaluate((shown) => shown.scrollWidth > shown.clientWidth + 1);
    expect(cut).toBe(false);
  });
});
