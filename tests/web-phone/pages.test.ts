import { build } from 'vite';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { account, allowJoining, openConsole } from './support/scenes.ts';
import { PageServer } from './support/page-server.ts';
import { meeting, person, ROOM } from './support/people.ts';

const FLAGS = [
  '--no-sandbox',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];
const WAIT = { timeout: 15_000 };

let browser: Browser;
let context: BrowserContext;
let server: PageServer;
let page: Page;
let broken: string[];

beforeAll(async () => {
  await build({ logLevel: 'silent' });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
}, 60_000);
afterAll(() => browser.close());

beforeEach(async () => {
  server = await PageServer.start();
  context = await browser.newContext({
    permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
  });
  page = await context.newPage();
  broken = [];
  page.on('pageerror', (error) => broken.push(String(error)));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) broken.push(message.text());
  });
});
afterEach(async () => {
  await context.close();
  await server.stop();
  // Nothing thrown, and nothing that a strict content policy forbids.
  expect(broken).toEqual([]);
});

const own = person(1, { name: 'Ada Lovelace', via: 'browser', personId: 'person-1' });
const grace = person(2, { name: 'Grace Hopper' });

async function openDoor(part: Parameters<typeof allowJoining>[1] = {}): Promise<void> {
  allowJoining(server, part);
  await page.goto(`${server.url}/join/t1`);
}

async function join(part: Parameters<typeof allowJoining>[1] = {}): Promise<void> {
  server.put(ROOM, own);
  server.put(ROOM, grace);
  await openDoor(part);
  await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByRole('button', { name: 'Join the meeting' }).click();
  await page.getByRole('button', { name: 'Leave' }).waitFor(WAIT);
  await page.getByText('Grace Hopper').waitFor();
}

function row(name: string) {
  return page.getByRole('listitem').filter({ hasText: name });
}

/** Waits until the server has heard such a request. */
async function heard(method: string, path: string): Promise<unknown> {
  const found = () => server.heard.find((each) => each.method === method && each.path === path);
  await expect.poll(found, WAIT).toBeDefined();
  return found()?.body;
}

describe('the softphone', { timeout: 60_000 }, () => {
  test('shows the meeting, the way by phone, and a microphone that moves', async () => {
    await openDoor();
    await page.getByRole('heading', { name: 'Monday round' }).waitFor();
    await page.getByText('482 190 7735').waitFor();
    await page.getByLabel('Microphone').waitFor(WAIT);
    const level = () =>
      page
        .locator('.meter')
        .evaluate((bar) => Number((bar as HTMLElement).style.getPropertyValue('--level')));
    await expect.poll(level, WAIT).toBeGreaterThan(0.2);
  });

  test('joins by name: answers the challenge, calls the meeting, opens the feed by token', async () => {
    await join();
    expect(await heard('POST', '/tickets/t1/softphone')).toEqual({ name: 'Ada Lovelace' });
    const invites = server.sip.requests.filter((text) => text.startsWith('INVITE'));
    expect(invites).toHaveLength(2);
    expect(invites[1]).toMatch(`INVITE sip:${ROOM}@127.0.0.1 SIP/2.0`);
    expect(invites[1]).toMatch(/Authorization: Digest .*username="w-1"/);
    expect(server.sip.count('REGISTER')).toBe(0);
    expect(server.feedProtocols).toEqual(['partyline.v1, bearer.feed-token']);
    await row('Ada Lovelace').getByText('you', { exact: true }).waitFor();
  });

  test('remembers the name for the next visit', async () => {
    await join();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.reload();
    await expect.poll(() => page.getByLabel('Your name').inputValue()).toBe('Ada Lovelace');
  });

  test('M asks the server to mute; the button says muted only when the fact comes', async () => {
    await join();
    const path = `/meetings/${ROOM}/participants/${own.id}`;
    server.replies.set(`PATCH ${path}`, [202]);
    await page.keyboard.press('m');
    expect(await heard('PATCH', path)).toEqual({ muted: true });
    expect(server.last('PATCH')?.authorization).toBe('Bearer feed-token');
    await page.getByText('Muting …').waitFor();
    await expect.poll(() => row('Ada Lovelace').getByText('muted').count()).toBe(0);
    server.put(ROOM, { ...own, muted: true });
    await page.getByText('Muted', { exact: true }).waitFor();
    await row('Ada Lovelace').getByText('muted').waitFor();
    expect(await page.getByText('A moderator muted you').count()).toBe(0);
  });

  test('a moderator’s mute is explained, and can be lifted from the notice', async () => {
    await join();
    const path = `/meetings/${ROOM}/participants/${own.id}`;
    server.replies.set(`PATCH ${path}`, [202]);
    server.put(ROOM, { ...own, muted: true });
    await page.getByText('A moderator muted you').waitFor();
    await page.locator('.banner').getByRole('button', { name: 'Unmute' }).click();
    expect(await heard('PATCH', path)).toEqual({ muted: false });
  });

  test('who speaks and who leaves is shown, and said to screen readers', async () => {
    await join();
    server.put(ROOM, { ...grace, talking: true });
    await row('Grace Hopper').getByText('talking').waitFor();
    server.fact({ kind: 'participant-left', room: ROOM, id: grace.id, reason: 'hung-up' });
    await page.getByRole('log').getByText('Grace Hopper left.').waitFor();
    expect(await row('Grace Hopper').count()).toBe(0);
  });

  test('the keypad sends INFO where telephone-events are not agreed', async () => {
    await join();
    await page.getByRole('button', { name: 'Keypad' }).click();
    await page.getByRole('button', { name: '5', exact: true }).click();
    await page.keyboard.press('*');
    await expect.poll(() => server.sip.count('INFO'), WAIT).toBe(2);
    const signals = server.sip.requests
      .filter((text) => text.startsWith('INFO'))
      .map((text) => /Signal=(.)/.exec(text)?.[1]);
    expect(signals).toEqual(['5', '*']);
  });

  test('only moderators have buttons for the others, and removing asks first', async () => {
    await join();
    expect(await page.getByRole('button', { name: 'Remove Grace Hopper' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByText('You left the meeting').waitFor();
    await join({ role: 'moderator' });
    const path = `/meetings/${ROOM}/participants/${grace.id}`;
    server.replies.set(`DELETE ${path}`, [202]);
    await page.getByRole('button', { name: 'Remove Grace Hopper' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await heard('DELETE', path);
    expect(await row('Grace Hopper').count()).toBe(1);
  });

  test('leaving says BYE, and one click joins again', async () => {
    await join();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByText('You left the meeting').waitFor();
    await expect.poll(() => server.sip.count('BYE'), WAIT).toBe(1);
    await page.getByRole('button', { name: 'Join again' }).click();
    await page.getByRole('button', { name: 'Leave' }).waitFor(WAIT);
  });

  test('a hang-up by the server gives the feed’s reason', async () => {
    await join();
    server.fact({ kind: 'participant-left', room: ROOM, id: own.id, reason: 'meeting-ended' });
    server.sip.bye();
    await page.getByText('The meeting is over').waitFor(WAIT);
  });

  test('a broken SIP connection is mended by a new call', async () => {
    await join();
    server.sip.breakOff();
    await page.getByText('The connection broke').waitFor(WAIT);
    await page.getByText('The connection broke').waitFor({ state: 'detached', ...WAIT });
    expect(server.heard.filter(({ path }) => path.endsWith('/softphone'))).toHaveLength(2);
    await page.getByText('Microphone on').waitFor();
  });

  for (const [status, words] of [
    [486, 'The meeting is full'],
    [403, 'The meeting is locked'],
    [503, 'The phone system is not ready'],
  ] as const) {
    test(`a refusal with ${status} is explained at the door`, async () => {
      server.sip.answer = status;
      await openDoor();
      await page.getByLabel('Your name').fill('Ada');
      await page.getByRole('button', { name: 'Join the meeting' }).click();
      await page.getByRole('alert').getByText(words).waitFor(WAIT);
    });
  }

  test('a link that is no longer good says so', async () => {
    await page.goto(`${server.url}/join/t1`);
    await page.getByText('This link does not work').waitFor();
  });

  for (const [name, words] of [
    ['NotAllowedError', 'The microphone is blocked'],
    ['NotFoundError', 'No microphone found'],
    ['NotReadableError', 'The microphone is in use'],
  ] as const) {
    test(`${name}: explained, and one may still listen`, async () => {
      await page.addInitScript(
        `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '${name}'))`,
      );
      server.put(ROOM, own);
      await openDoor();
      await page.getByText(words).waitFor(WAIT);
      await page.getByLabel('Your name').fill('Ada');
      await page.getByRole('button', { name: 'Join and only listen' }).click();
      await page.getByRole('button', { name: 'Leave' }).waitFor(WAIT);
    });
  }
});

describe('the console', { timeout: 60_000 }, () => {
  async function open(): Promise<void> {
    openConsole(server);
    server.put(ROOM, grace);
    await page.goto(`${server.url}/console#/meetings/${ROOM}`);
    await page.getByRole('heading', { name: 'Monday round' }).waitFor(WAIT);
  }

  test('wants the admin key, says why it refuses, and opens with the right one', async () => {
    const problem = { type: 'about:blank', title: 'No', status: 401, detail: 'Not the admin key.' };
    server.replies.set('GET /session', [401, problem]);
    server.replies.set('POST /session', [401, problem]);
    await page.goto(`${server.url}/console`);
    await page.getByLabel('Admin key').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('Not the admin key.').waitFor();
    openConsole(server, []);
    await page.getByLabel('Admin key').fill('right');
    await page.keyboard.press('Enter');
    await page.getByText('No meetings yet').waitFor(WAIT);
    expect(server.last('POST')?.body).toEqual({ key: 'right' });
  });

  test('creates a meeting from a name alone; its row comes by the feed', async () => {
    openConsole(server, []);
    server.replies.set('POST /meetings', [201, meeting()]);
    await page.goto(`${server.url}/console`);
    await page.getByRole('button', { name: 'Create the first one' }).click();
    await page.keyboard.type('Monday round');
    await page.keyboard.press('Enter');
    expect(await heard('POST', '/meetings')).toEqual({ name: 'Monday round', muteOnEntry: false });
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByRole('heading', { name: 'Monday round' }).count()).toBe(0);
    server.putMeeting(meeting());
    await page.getByRole('heading', { name: 'Monday round' }).waitFor();
    await page.getByText('Nobody is here yet').waitFor();
  });

  test('a mute waits for its fact', async () => {
    await open();
    const path = `/meetings/${ROOM}/participants/${grace.id}`;
    server.replies.set(`PATCH ${path}`, [202]);
    const button = page.getByRole('button', { name: 'Mute Grace Hopper' });
    await button.click();
    await heard('PATCH', path);
    expect(await button.getAttribute('aria-busy')).toBe('true');
    server.put(ROOM, { ...grace, muted: true });
    await page.getByRole('button', { name: 'Unmute Grace Hopper' }).waitFor();
  });

  test('a mute whose fact never comes is given up after five seconds, with a word', async () => {
    await open();
    server.replies.set(`PATCH /meetings/${ROOM}/participants/${grace.id}`, [202]);
    await page.getByRole('button', { name: 'Mute Grace Hopper' }).click();
    await page.getByText('did not confirm it').waitFor(WAIT);
    await page.getByRole('button', { name: 'Mute Grace Hopper' }).waitFor();
  });

  test('a refusal is shown in the server’s words', async () => {
    await open();
    const detail = 'The switch is away. Try again in a moment.';
    const problem = { type: 'about:blank', title: 'Away', status: 503, detail };
    server.replies.set(`POST /meetings/${ROOM}/lock`, [503, problem]);
    await page.getByRole('button', { name: 'Lock' }).click();
    await page.getByText(detail).waitFor();
  });

  test('mute all and lock are sent, and ending asks first', async () => {
    await open();
    for (const path of ['mute-all', 'lock', 'end'])
      server.replies.set(`POST /meetings/${ROOM}/${path}`, [202]);
    await page.getByRole('button', { name: 'Mute all' }).click();
    expect(await heard('POST', `/meetings/${ROOM}/mute-all`)).toEqual({ except: 'moderators' });
    await page.getByRole('button', { name: 'Lock' }).click();
    expect(await heard('POST', `/meetings/${ROOM}/lock`)).toEqual({ locked: true });
    await page.getByRole('button', { name: 'End meeting' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End meeting' }).click();
    await heard('POST', `/meetings/${ROOM}/end`);
    server.putMeeting(meeting({ state: 'ended' }));
    await page.getByText('Ended. The link and codes no longer work.').waitFor();
  });

  test('copies the invitation', async () => {
    await open();
    await page.getByRole('button', { name: 'Copy invitation' }).click();
    await page.getByText('Copied', { exact: true }).waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).toContain('type the code 482 190 7735');
  });

  test('says when the feed is gone, keeps the rows, and is true again afterwards', async () => {
    await open();
    server.refuseFeed = true;
    server.breakFeeds();
    await page.getByText('No connection to the server').waitFor(WAIT);
    await row('Grace Hopper').waitFor();
    server.put(ROOM, person(3, { name: 'Late Arrival' }));
    server.refuseFeed = false;
    await row('Late Arrival').waitFor(WAIT);
    expect(await page.getByText('No connection to the server').count()).toBe(0);
  });

  test('warns when the engines are not ready, with the reason', async () => {
    const engines = [{ node: 'fs1:8021', state: 'refused', detail: 'Wrong password.' }];
    server.readyz = [503, { ready: false, engines }];
    await open();
    await page.getByRole('alert').getByText('fs1:8021 refuses our connection').waitFor();
  });

  test('a name that is markup stays a name', async () => {
    await open();
    server.put(ROOM, person(4, { name: '<img src=x onerror=alert(1)>' }));
    await page.getByText('<img src=x onerror=alert(1)>', { exact: true }).waitFor();
    expect(await page.locator('.people img').count()).toBe(0);
  });

  test('a desk phone’s password is shown once, with what to type into the phone', async () => {
    openConsole(server);
    server.replies.set('GET /accounts', [200, []]);
    server.replies.set('POST /accounts', [201, account({ password: 'once-only' })]);
    await page.goto(`${server.url}/console#/phones`);
    await page.getByRole('button', { name: 'Add the first one' }).click();
    await page.keyboard.type('Reception');
    await page.getByLabel('User name').fill('reception');
    server.replies.set('GET /accounts', [200, [account()]]);
    await page.keyboard.press('Enter');
    await page.getByText('once-only').waitFor();
    await page.getByText('127.0.0.1:5060').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Not registered').waitFor();
    expect(await page.getByText('once-only').count()).toBe(0);
  });

  test('can be used by keyboard alone: every stop of Tab is visible', async () => {
    await open();
    const stops = new Set<string>();
    for (let press = 0; press < 14; press++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const at = document.activeElement;
        if (!at || at === document.body) return undefined;
        const name = at.getAttribute('aria-label') ?? at.textContent ?? '';
        return getComputedStyle(at).outlineStyle === 'none' ? `${name}: no outline` : name;
      });
      if (stop !== undefined) stops.add(stop);
    }
    expect([...stops].filter((stop) => stop.endsWith('no outline'))).toEqual([]);
    expect([...stops]).toEqual(
      expect.arrayContaining(['Sign out', 'New meeting', 'Mute all', 'Mute Grace Hopper']),
    );
  });
});

for (const path of ['/join/t1', '/console']) {
  test(`${path} never scrolls sideways from 320 pixels up`, { timeout: 30_000 }, async () => {
    allowJoining(server);
    openConsole(server);
    server.put(
      ROOM,
      person(2, { name: 'A name of quite unreasonable length for a narrow telephone' }),
    );
    await page.goto(`${server.url}${path}${path === '/console' ? `#/meetings/${ROOM}` : ''}`);
    await page.getByRole('heading', { name: 'Monday round' }).waitFor(WAIT);
    for (const width of [320, 360, 768, 1440]) {
      await page.setViewportSize({ width, height: 700 });
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over, `at ${width}`).toBe(0);
    }
  });
}
