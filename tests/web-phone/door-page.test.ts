import { describe, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import {
  CAN_SKIP,
  hearNothing,
  LOOPED_BACK,
  NO_AUTOPLAY,
  TROUBLES,
  TWO_MICROPHONES,
} from './support/door-shots.ts';
import { ROOM, person, ticket } from './support/people.ts';
import { allowJoining } from './support/scenes.ts';
import { heard, useStage, WAIT } from './support/stage.ts';

const stage = useStage();
const own = person(1, { name: 'Ada Lovelace', via: 'browser', personId: 'person-1' });

async function openDoor(script = '', search = ''): Promise<Page> {
  if (script !== '') await stage.page.addInitScript(script);
  if (!stage.server.replies.has('GET /tickets/t1')) allowJoining(stage.server);
  await stage.page.goto(`${stage.server.url}/join/t1${search}`);
  return stage.page;
}

const invites = () => stage.server.sip.requests.filter((text) => text.startsWith('INVITE'));

describe('what keeps a microphone away is explained', { timeout: 30_000 }, () => {
  test.each(Object.entries(TROUBLES))('%s', async (kind, { script, title }) => {
    const page = await openDoor(script);
    await page.getByText(title).waitFor(WAIT);
    const mends = kind !== 'insecure' && kind !== 'old';
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(mends ? 1 : 0);
    await page.getByLabel('Your name').fill('Ada');
    const ways = page.getByRole('button', { name: /^Join/ });
    const expected = kind === 'old' ? 0 : kind === 'insecure' ? 1 : 2;
    await expect.poll(() => ways.count()).toBe(expected);
    if (kind !== 'old') await page.getByRole('button', { name: 'Join and only listen' }).waitFor();
  });

  test('a question that was closed is asked again, and then the microphone is there', async () => {
    const page = await openDoor(`{
      const native = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      let asked = 0;
      navigator.mediaDevices.getUserMedia = (wanted) => asked++ === 0
        ? Promise.reject(new DOMException('Permission dismissed', 'NotAllowedError'))
        : native(wanted);
    }`);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Say something').waitFor(WAIT);
  });
});

describe('microphones that come and go', { timeout: 30_000 }, () => {
  test('the one that is pulled out gives way to another, and is used again when it is back', async () => {
    const page = await openDoor(TWO_MICROPHONES);
    const choice = page.getByLabel('Microphone', { exact: true });
    await choice.selectOption('USB headset');
    await expect.poll(() => choice.inputValue(), WAIT).toBe('usb');
    await page.evaluate(`window.pullOut('usb')`);
    await page.getByText('“USB headset” is unplugged. “Built-in microphone” is used').waitFor(WAIT);
    await expect.poll(() => choice.inputValue()).toBe('built-in');
    await page.evaluate(`window.plugIn('usb', 'USB headset')`);
    await page.getByText('“USB headset” is back').waitFor(WAIT);
    await expect.poll(() => choice.inputValue()).toBe('usb');
  });

  test('where none is left the page says so, and takes the next that is plugged in', async () => {
    const page = await openDoor(TWO_MICROPHONES);
    await page.getByText('Say something').waitFor(WAIT);
    await page.evaluate(`window.pullOut('usb'), window.pullOut('built-in')`);
    await page.getByText('The microphone was unplugged', { exact: true }).waitFor(WAIT);
    await page.evaluate(`window.plugIn('new', 'Another headset')`);
    await page.getByText('Say something').waitFor(WAIT);
  });

  test('noise suppression is switched in the midst of it, and remembered', async () => {
    const page = await openDoor(TWO_MICROPHONES);
    await page.getByText('How the microphone hears').click();
    await page.getByLabel('Suppress noise').click();
    const last = () => page.evaluate(`window.opened.at(-1).noiseSuppression`);
    await expect.poll(last, WAIT).toBe(false);
    await page.reload();
    await expect.poll(last, WAIT).toBe(false);
    expect(await page.evaluate(`window.opened.at(-1).echoCancellation`)).toBe(true);
  });
});

describe('hear yourself', { timeout: 40_000 }, () => {
  test('calls *43 with a credential of the link, finds the delay, and opens no feed', async () => {
    const page = await openDoor(LOOPED_BACK);
    await page.getByRole('button', { name: 'Hear yourself' }).click();
    await page.getByText('You can be heard').waitFor(WAIT);
    expect(invites().at(-1)).toMatch('INVITE sip:*43@127.0.0.1 SIP/2.0');
    expect(stage.server.feedProtocols).toEqual([]);
    const figures = await page.locator('.echo-figures').textContent();
    const [, delay = ''] = /Delay([\d,]+) ms/.exec(figures ?? '') ?? [];
    expect(Math.abs(Number(delay.replace(',', '')) - 1100)).toBeLessThanOrEqual(100);
    await page.getByRole('button', { name: 'Stop the test' }).click();
    await expect.poll(() => stage.server.sip.count('BYE'), WAIT).toBe(1);
    await page.getByText('You can be heard').waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('button', { name: 'Hear yourself' }).waitFor();
  });

  test('says that nothing arrives, and ends when one joins', async () => {
    const page = await openDoor(CAN_SKIP);
    await page.getByLabel('Your name').fill('Ada Lovelace');
    await hearNothing(page);
    await page.getByText('Nothing arrives from the server').waitFor(WAIT);
    await page.getByRole('button', { name: 'Join the meeting' }).click();
    await expect.poll(() => invites().at(-1), WAIT).toMatch(`INVITE sip:${ROOM}@`);
    expect(stage.server.sip.count('BYE')).toBe(1);
  });

  test('says why where the server refuses', async () => {
    stage.server.sip.answer = 503;
    const page = await openDoor();
    await page.getByRole('button', { name: 'Hear yourself' }).click();
    await page.getByText('The phone system is not ready').waitFor(WAIT);
  });
});

describe('the door', { timeout: 30_000 }, () => {
  test('is opened by the keyboard alone: name, Enter; a known person needs only Enter', async () => {
    stage.server.put(ROOM, own);
    const page = await openDoor();
    await page.getByText('Say something').waitFor(WAIT);
    await page.keyboard.type('Ada Lovelace');
    expect(await page.getByLabel('Your name').inputValue()).toBe('Ada Lovelace');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Leave' }).waitFor(WAIT);
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByText('You left the meeting').waitFor(WAIT);
    await page.reload();
    await page.getByText('Say something').waitFor(WAIT);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Leave' }).waitFor(WAIT);
  });

  test('speaks German where the address asks for it, and English again by choice', async () => {
    const page = await openDoor('', '?lang=de');
    await page.getByLabel('Ihr Name').waitFor(WAIT);
    await page.getByRole('button', { name: 'Der Konferenz beitreten' }).waitFor();
    await page.getByText('Lieber per Telefon?').waitFor();
    await page.getByLabel('Sprache').selectOption('English');
    await page.getByRole('button', { name: 'Join the meeting' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
  });

  test('offers a number and code in one tap', async () => {
    const page = await openDoor();
    const link = page.locator('.one-tap a');
    await expect.poll(() => link.getAttribute('href'), WAIT).toMatch(/;pin=4821907735@/);
  });

  test('has one’s phone called instead: joins to listen, with the number asked for', async () => {
    allowJoining(stage.server, { meeting: { ...ticket().meeting, callMe: true } });
    stage.server.put(ROOM, own);
    const page = await openDoor();
    await page.getByLabel('Your name').fill('Ada Lovelace');
    await page.getByRole('button', { name: 'Call my phone instead' }).click();
    await page.getByLabel('Your phone’s number').waitFor(WAIT);
    expect(await heard(stage.server, 'POST', '/tickets/t1/softphone')).toEqual({
      name: 'Ada Lovelace',
    });
  });

  test('says that the browser keeps the sound off, until one clicks', async () => {
    const page = await openDoor(NO_AUTOPLAY);
    await page.getByLabel('Your name').fill('Ada Lovelace');
    await page.getByRole('button', { name: 'Join the meeting' }).click();
    await page.getByText('Your browser keeps the sound off').waitFor(WAIT);
    await page.evaluate(`window.mayPlay = true`);
    await page.getByRole('button', { name: 'Hear the meeting' }).click();
    await expect.poll(() => page.getByText('Your browser keeps the sound off').count()).toBe(0);
  });
});

describe('on a mobile phone', { timeout: 30_000 }, () => {
  test('the way in is in sight however far one scrolled, and covers nothing that has the focus', async () => {
    await stage.page.setViewportSize({ width: 360, height: 640 });
    const page = await openDoor(TROUBLES.dismissed.script);
    await page.getByLabel('Your name').fill('Ada');
    const join = page.getByRole('button', { name: 'Join the meeting' });
    const toListen = page.getByRole('button', { name: 'Join and only listen' });
    await toListen.waitFor(WAIT);
    const top = await topOf(join);
    expect(top).toBeLessThan(640 - 44);
    expect(top).toBeGreaterThan(400);
    await toListen.focus();
    const { y = 0, height = 640 } = (await toListen.boundingBox()) ?? {};
    expect(y + height).toBeLessThanOrEqual(top);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    expect(await topOf(join)).toBe(top);
  });
});

async function topOf(button: Locator): Promise<number> {
  const box = await button.boundingBox();
  if (box === null) throw new Error('it is nowhere');
  return box.y;
}
