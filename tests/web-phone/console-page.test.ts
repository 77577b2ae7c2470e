import { describe, expect, test } from 'vitest';
import { meeting, person, ROOM } from './support/people.ts';
import { account, openConsole, SIGNED_OUT } from './support/scenes.ts';
import { heard, row, useStage, WAIT } from './support/stage.ts';

const stage = useStage();
const grace = person(2, { name: 'Grace Hopper' });

async function open(): Promise<void> {
  openConsole(stage.server);
  stage.server.put(ROOM, grace);
  await stage.page.goto(`${stage.server.url}/console#/meetings/${ROOM}`);
  await stage.page.getByRole('heading', { name: 'Monday round' }).waitFor(WAIT);
}

describe('the console', { timeout: 60_000 }, () => {
  test('wants the admin key, says why it refuses, and opens with the right one', async () => {
    const problem = { type: 'about:blank', title: 'No', status: 401, detail: 'Not the admin key.' };
    stage.server.replies.set('GET /session', [200, SIGNED_OUT]);
    stage.server.replies.set('POST /session', [401, problem]);
    await stage.page.goto(`${stage.server.url}/console`);
    await stage.page.getByLabel('Admin key').fill('wrong');
    await stage.page.keyboard.press('Enter');
    await stage.page.getByText('Not the admin key.').waitFor();
    openConsole(stage.server, []);
    await stage.page.getByLabel('Admin key').fill('right');
    await stage.page.keyboard.press('Enter');
    await stage.page.getByText('No meetings yet').waitFor(WAIT);
    expect(stage.server.last('POST')?.body).toEqual({ key: 'right' });
  });

  test('creates a meeting from a name alone; its row comes by the feed', async () => {
    openConsole(stage.server, []);
    stage.server.replies.set('POST /meetings', [201, meeting()]);
    await stage.page.goto(`${stage.server.url}/console`);
    await stage.page.getByRole('button', { name: 'Create the first one' }).click();
    await stage.page.keyboard.type('Monday round');
    await stage.page.keyboard.press('Enter');
    expect(await heard(stage.server, 'POST', '/meetings')).toEqual({
      name: 'Monday round',
    });
    await stage.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await stage.page.getByRole('heading', { name: 'Monday round' }).count()).toBe(0);
    stage.server.putMeeting(meeting());
    await stage.page.getByRole('heading', { name: 'Monday round' }).waitFor();
    await stage.page.getByText('Nobody is here yet').waitFor();
  });

  test('a mute waits for its fact', async () => {
    await open();
    const path = `/meetings/${ROOM}/participants/${grace.id}`;
    stage.server.replies.set(`PATCH ${path}`, [202]);
    const button = stage.page.getByRole('button', { name: 'Mute Grace Hopper' });
    await button.click();
    await heard(stage.server, 'PATCH', path);
    expect(await button.getAttribute('aria-busy')).toBe('true');
    stage.server.put(ROOM, { ...grace, muted: true });
    await stage.page.getByRole('button', { name: 'Unmute Grace Hopper' }).waitFor();
  });

  test('a mute whose fact never comes is given up after five seconds, with a word', async () => {
    await open();
    stage.server.replies.set(`PATCH /meetings/${ROOM}/participants/${grace.id}`, [202]);
    await stage.page.getByRole('button', { name: 'Mute Grace Hopper' }).click();
    await stage.page.getByText('did not confirm it').waitFor(WAIT);
    await stage.page.getByRole('button', { name: 'Mute Grace Hopper' }).waitFor();
  });

  test('a refusal is shown in the server’s words', async () => {
    await open();
    const detail = 'The switch is away. Try again in a moment.';
    const problem = { type: 'about:blank', title: 'Away', status: 503, detail };
    stage.server.replies.set(`POST /meetings/${ROOM}/lock`, [503, problem]);
    await stage.page.getByRole('button', { name: 'Lock' }).click();
    await stage.page.getByText(detail).waitFor();
  });

  test('mute all and lock are sent; ending asks first, and can be taken back for a moment', async () => {
    await open();
    for (const path of ['mute-all', 'lock', 'end'])
      stage.server.replies.set(`POST /meetings/${ROOM}/${path}`, [202]);
    await stage.page.getByRole('button', { name: 'Mute all', exact: true }).click();
    expect(await heard(stage.server, 'POST', `/meetings/${ROOM}/mute-all`)).toEqual({
      except: 'moderators',
    });
    await stage.page.getByRole('button', { name: 'Lock' }).click();
    expect(await heard(stage.server, 'POST', `/meetings/${ROOM}/lock`)).toEqual({ locked: true });
    await stage.page.getByRole('button', { name: 'End meeting' }).click();
    const verb = stage.page.getByRole('dialog').getByRole('button', { name: 'End meeting' });
    await verb.click();
    await stage.page.getByRole('button', { name: 'Undo' }).last().click();
    await stage.page.getByRole('button', { name: 'End meeting' }).click();
    await verb.click();
    expect(stage.server.heard.filter(({ path }) => path.endsWith('/end'))).toEqual([]);
    // Put away, it need not be waited for.
    await stage.page.getByRole('button', { name: 'Dismiss' }).last().click();
    await heard(stage.server, 'POST', `/meetings/${ROOM}/end`);
    stage.server.putMeeting(meeting({ state: 'ended' }));
    await stage.page.getByText('Ended. The link and codes no longer work.').waitFor();
  });
});

describe('the console, when nobody is signed in', { timeout: 60_000 }, () => {
  test('asks for the key, and the browser has nothing to complain of', async () => {
    const complaints: string[] = [];
    stage.page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    stage.server.replies.set('GET /session', [200, SIGNED_OUT]);
    await stage.page.goto(`${stage.server.url}/console`);
    await stage.page.getByLabel('Admin key').waitFor(WAIT);
    expect(complaints).toEqual([]);
  });

  test('asks for the key again once the session has run out', async () => {
    await open();
    stage.server.replies.set('GET /session', [200, SIGNED_OUT]);
    stage.server.refuseFeed = true;
    stage.server.breakFeeds();
    await stage.page.getByLabel('Admin key').waitFor(WAIT);
  });
});

describe('the console, at the edges', { timeout: 60_000 }, () => {
  test('copies the invitation', async () => {
    await open();
    await stage.page.getByRole('button', { name: 'Copy invitation' }).click();
    await stage.page.getByText('Copied', { exact: true }).waitFor();
    const text = await stage.page.evaluate(() => navigator.clipboard.readText());
    expect(text).toContain('type the code 482 190 7735');
  });

  test('says when the feed is gone, keeps the rows, and is true again afterwards', async () => {
    await open();
    stage.server.refuseFeed = true;
    stage.server.breakFeeds();
    await stage.page.getByText('No connection to the server').waitFor(WAIT);
    await row(stage.page, 'Grace Hopper').waitFor();
    stage.server.put(ROOM, person(3, { name: 'Late Arrival' }));
    stage.server.refuseFeed = false;
    await row(stage.page, 'Late Arrival').waitFor(WAIT);
    expect(await stage.page.getByText('No connection to the server').count()).toBe(0);
  });

  test('warns when the engines are not ready, with the reason', async () => {
    const engines = [{ node: 'fs1:8021', state: 'refused', detail: 'Wrong password.' }];
    stage.server.readyz = [503, { ready: false, engines }];
    await open();
    await stage.page.getByRole('alert').getByText('fs1:8021 refuses our connection').waitFor();
  });

  test('a name that is markup stays a name', async () => {
    await open();
    stage.server.put(ROOM, person(4, { name: '<img src=x onerror=alert(1)>' }));
    await stage.page.getByText('<img src=x onerror=alert(1)>', { exact: true }).waitFor();
    expect(await stage.page.locator('.people img').count()).toBe(0);
  });

  test('a desk phone’s password is shown once, with what to type into the phone', async () => {
    openConsole(stage.server);
    stage.server.replies.set('GET /accounts', [200, []]);
    stage.server.replies.set('POST /accounts', [201, account({ password: 'once-only' })]);
    await stage.page.goto(`${stage.server.url}/console#/phones`);
    await stage.page.getByRole('button', { name: 'Add the first one' }).click();
    await stage.page.keyboard.type('Reception');
    await stage.page.getByLabel('User name').fill('reception');
    stage.server.replies.set('GET /accounts', [200, [account()]]);
    await stage.page.keyboard.press('Enter');
    await stage.page.getByText('once-only').waitFor();
    await stage.page.getByText('pbx.example:5060').waitFor();
    await stage.page.getByText('Transport: UDP or TCP').waitFor();
    await stage.page.getByRole('button', { name: 'Done' }).click();
    await stage.page.getByText('Not registered').waitFor();
    expect(await stage.page.getByText('once-only').count()).toBe(0);
  });

  test('a window takes the focus, keeps it, and gives it back; Enter and Escape are enough', async () => {
    await open();
    stage.server.replies.set(`POST /meetings/${ROOM}/end`, [202]);
    const focused = () =>
      stage.page.evaluate(() => {
        const at = document.activeElement;
        const inside = at?.closest('dialog') ? 'dialog: ' : '';
        return inside + (at?.getAttribute('aria-label') ?? at?.textContent ?? '');
      });
    for (const name of ['New meeting', 'End meeting']) {
      await stage.page.getByRole('button', { name }).focus();
      await stage.page.keyboard.press('Enter');
      await stage.page.getByRole('dialog').waitFor();
      for (let press = 0; press < 3; press++) {
        expect(await focused()).toMatch(/^dialog: /);
        await stage.page.keyboard.press('Tab');
      }
      await stage.page.keyboard.press('Escape');
      await stage.page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await focused()).toBe(name);
    }
    await stage.page.keyboard.press('Enter');
    for (const stop of ['dialog: Close', 'dialog: Cancel', 'dialog: End meeting']) {
      expect(await focused()).toBe(stop);
      if (!stop.endsWith('End meeting')) await stage.page.keyboard.press('Tab');
    }
    await stage.page.keyboard.press('Enter');
    await stage.page.getByText('is about to end').waitFor();
    await stage.page.goto('about:blank');
    await heard(stage.server, 'POST', `/meetings/${ROOM}/end`);
  });

  test('can be used by keyboard alone: every stop of Tab is visible', async () => {
    await open();
    const stops = new Set<string>();
    for (let press = 0; press < 28; press++) {
      await stage.page.keyboard.press('Tab');
      const stop = await stage.page.evaluate(() => {
        const at = document.activeElement;
        if (!at || at === document.body) return undefined;
        const name = at.getAttribute('aria-label') ?? at.textContent ?? '';
        return getComputedStyle(at).outlineStyle === 'none' ? `${name}: no outline` : name;
      });
      if (stop !== undefined) stops.add(stop);
    }
    expect([...stops].filter((stop) => stop.endsWith('no outline'))).toEqual([]);
    expect([...stops]).toEqual(
      expect.arrayContaining(['Sign out', 'New meeting', 'Mute all', 'Details of Grace Hopper']),
    );
  });
});
