import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openLine } from './support/line-shots.ts';
import { useStage, WAIT } from './support/stage.ts';

const stage = useStage();
const CALLER = { name: 'Reception', number: '200' };
const LONG = { timeout: 40_000 };

const button = (name: string, page: Page = stage.page) =>
  page.getByRole('button', { name, exact: true });
const ready = (page: Page = stage.page) => page.getByText(/· Ready ·/).waitFor(WAIT);

/** Nobody can connect, and who was connected is not any more. */
async function loseServer(): Promise<void> {
  stage.server.sip.away = true;
  stage.server.sip.breakOff();
  await stage.page.getByText('Not reachable').waitFor(WAIT);
}

describe('a telephone whose server goes away', () => {
  test('registers again by itself once it is back, and rings', LONG, async () => {
    await openLine(stage.page, stage.server);
    await loseServer();
    expect(stage.server.sip.registered).toBe(0);
    stage.server.sip.away = false;
    await ready();
    expect(stage.server.sip.registered).toBe(1);
    stage.server.sip.ring(CALLER);
    await button('Answer').waitFor(WAIT);
  });

  test('tries at once when the browser has a network again', LONG, async () => {
    await openLine(stage.page, stage.server);
    await loseServer();
    // Past the first tries: the next one by itself is 4 s away.
    const refused = () => stage.server.sip.refused;
    await expect.poll(refused, WAIT).toBe(2);
    stage.server.sip.away = false;
    const beganAt = Date.now();
    await stage.page.evaluate(() => dispatchEvent(new Event('online')));
    await ready();
    expect(Date.now() - beganAt).toBeLessThan(3_000);
  });

  /** The server hears a REGISTER and does not answer it. */
  async function registerInVain(): Promise<void> {
    const { page, server } = stage;
    server.sip.goDeaf();
    const before = server.sip.count('REGISTER');
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await expect.poll(() => server.sip.count('REGISTER'), WAIT).toBe(before + 1);
  }

  test('gives up a REGISTER that was under way when the connection broke', LONG, async () => {
    await openLine(stage.page, stage.server);
    await registerInVain();
    stage.server.sip.breakOff();
    await stage.page.getByText('Not reachable').waitFor(WAIT);
    const lostAt = Date.now();
    await ready();
    expect(Date.now() - lostAt).toBeLessThan(5_000);
    expect(stage.server.sip.registered).toBe(1);
  });

  test('leaves a connection that answers nothing after 4 s', LONG, async () => {
    const { page, server } = stage;
    await page.clock.install();
    await openLine(page, server);
    // However slow the machine is, no time passes but what is told.
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
    await registerInVain();
    await page.clock.runFor(3_900);
    expect(await page.getByText(/· Ready ·/).count()).toBe(1);
    await page.clock.runFor(200);
    await page.clock.resume();
    // Two: the one that is there, and the one that nobody could close.
    await expect.poll(() => server.sip.count('REGISTER'), WAIT).toBe(3);
    await ready();
    server.sip.ring(CALLER);
    await button('Answer').waitFor(WAIT);
  });
});

describe('whom a call finds elsewhere', () => {
  /** The system, as far as the page can tell: what it was asked, what it shows, and through what it rings. */
  const SYSTEM = `{
    window.system = { asked: 0, shown: [], outputs: [], played: 0 };
    let permission = 'default';
    window.Notification = class extends EventTarget {
      static get permission() { return permission; }
      static async requestPermission() { system.asked += 1; return (permission = 'granted'); }
      constructor(title) { super(); this.title = title; this.open = true; system.shown.push(this); }
      close() { this.open = false; }
    };
    window.focus = () => (system.focused = true);
    document.hasFocus = () => false;
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function () { system.played += 1; return play.call(this); };
    HTMLMediaElement.prototype.setSinkId = async (id) => {
      system.outputs.push(id);
      if (id === 'unplugged') throw new DOMException('no such output', 'NotFoundError');
    };
  }`;

  interface System {
    readonly asked: number;
    readonly shown: readonly (EventTarget & { readonly title: string; readonly open: boolean })[];
    readonly outputs: readonly string[];
    readonly played: number;
    readonly focused?: true;
  }
  const system = () =>
    stage.page.evaluate(() => {
      const { shown, ...rest } = (window as unknown as { readonly system: System }).system;
      return { ...rest, shown: shown.map(({ title, open }) => [title, open]) };
    });

  async function openRinging(ringer = ''): Promise<void> {
    await stage.page.addInitScript(SYSTEM);
    await stage.page.addInitScript((id) => localStorage.setItem('partyline.ringer', id), ringer);
    await openLine(stage.page, stage.server);
  }

  test('is asked by a click alone whether calls may be shown', LONG, async () => {
    await openRinging();
    stage.server.sip.ring(CALLER);
    await button('Decline').click();
    expect(await system()).toMatchObject({ asked: 0, shown: [] });
    await stage.page.getByText('Sound and ringing').click();
    await button('Show calls while I am in another window').click();
    await stage.page.getByText('Calls are shown while').waitFor(WAIT);
    expect(await system()).toMatchObject({ asked: 1 });
  });

  test('is shown it, led back by a click, and shown it no more once it ends', LONG, async () => {
    await openRinging();
    await stage.page.evaluate(() => Notification.requestPermission());
    stage.server.sip.ring(CALLER);
    await button('Answer').waitFor(WAIT);
    expect(await system()).toMatchObject({ shown: [['Reception calls', true]] });
    await stage.page.evaluate(() => {
      const { shown } = (window as unknown as { readonly system: System }).system;
      shown[0]?.dispatchEvent(new Event('click'));
    });
    expect(await system()).toMatchObject({ focused: true });
    await button('Answer').click();
    await button('Hang up').waitFor(WAIT);
    expect(await system()).toMatchObject({ shown: [['Reception calls', false]] });
  });

  test.each([
    { ringer: '', outputs: [] },
    { ringer: 'desk', outputs: ['desk'] },
    { ringer: 'unplugged', outputs: ['unplugged'] },
  ])('rings, whatever became of the output "$ringer"', LONG, async ({ ringer, outputs }) => {
    await openRinging(ringer);
    stage.server.sip.ring(CALLER);
    await button('Answer').waitFor(WAIT);
    await expect.poll(system, WAIT).toMatchObject({ outputs, played: 1 });
  });
});

test(
  'on a mobile phone a call leaves half of the page, and Hang up is not where Answer was',
  LONG,
  async () => {
    await stage.page.setViewportSize({ width: 360, height: 640 });
    await openLine(stage.page, stage.server);
    stage.server.sip.ring(CALLER);
    const answer = await placeOf('Answer');
    await button('Answer').click();
    const hangUp = await placeOf('Hang up');
    expect(hangUp.x).toBeGreaterThan(answer.x + answer.width);
    const card = await stage.page.locator('.line-call').boundingBox();
    expect(card?.height).toBeLessThan(320);
  },
);

async function placeOf(name: string) {
  await button(name).waitFor(WAIT);
  const box = await button(name).boundingBox();
  if (box === null) throw new Error(`${name} is nowhere`);
  return box;
}

test('two tabs ring, and one stops when the other answers', LONG, async () => {
  await openLine(stage.page, stage.server);
  const other = await stage.page.context().newPage();
  await openLine(other, stage.server);
  expect(stage.server.sip.registered).toBe(2);
  stage.server.sip.ring(CALLER);
  await button('Answer').waitFor(WAIT);
  await button('Answer', other).click();
  await button('Hang up', other).waitFor(WAIT);
  await button('Answer').waitFor({ ...WAIT, state: 'detached' });
  expect(await button('Hang up').count()).toBe(0);
});

describe('with the keyboard alone', () => {
  const press = (key: string) => stage.page.keyboard.press(key);
  const focused = () => stage.page.evaluate(() => document.activeElement?.textContent ?? '');

  /** Goes on from button to button. */
  async function tabTo(name: string, key = 'Tab'): Promise<void> {
    for (let tries = 0; tries < 25; tries++) {
      await press(key);
      if ((await focused()) === name) return;
    }
    throw new Error(`no way to ${name} by ${key}`);
  }

  test('one dials, holds, transfers and hangs up', LONG, async () => {
    const { page, server } = stage;
    await openLine(page, server);
    await page.getByLabel('Name or number').focus();
    await page.keyboard.type('202');
    await press('Enter');
    await button('Hang up').waitFor(WAIT);
    await tabTo('Hold', 'Shift+Tab');
    await press('Enter');
    await page.getByText('On hold').waitFor(WAIT);
    await press('Enter');
    await page.getByText('· In a call ·').waitFor(WAIT);
    await tabTo('Transfer');
    await press('Enter');
    await page.keyboard.type('205');
    await press('Enter');
    await expect.poll(() => server.sip.count('REFER'), WAIT).toBe(1);
    expect(server.sip.requests.find((text) => text.startsWith('REFER'))).toMatch(
      /^Refer-To:.*205@/m,
    );
    await tabTo('Hang up');
    await press('Enter');
    await expect.poll(() => server.sip.count('BYE'), WAIT).toBe(1);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.className), WAIT)
      .toBe('line-main');
  });

  test('one answers, and is at the buttons of the call', LONG, async () => {
    await openLine(stage.page, stage.server);
    stage.server.sip.ring(CALLER);
    await button('Answer').waitFor(WAIT);
    await tabTo('Answer');
    await press('Enter');
    await button('Hang up').waitFor(WAIT);
    await expect.poll(focused, WAIT).toBe('Mute');
    await tabTo('Hang up');
    await press('Enter');
    await expect.poll(() => stage.server.sip.count('BYE'), WAIT).toBe(1);
  });
});
