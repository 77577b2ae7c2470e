import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import type { Baresip } from '../support/baresip.ts';
import { Chromium } from '../support/chromium.ts';
import { ConsolePage } from '../support/console-page.ts';
import { heard } from '../support/ear.ts';
import { ENGINES, type Engine, type Stage } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import { Phones, statusOf } from '../support/phones.ts';

const TIM_HZ = 440;
const GRACE_HZ = 900;
const PATIENCE = { timeout: 40_000 };
const GOODBYE = join(import.meta.dirname, '../../prompts/en/goodbye.wav');

/** A console open on a room in which two phones talk. */
interface Room extends Stage {
  readonly meeting: MeetingView;
  readonly desk: ConsolePage;
  readonly tim: Baresip;
  readonly grace: Baresip;
}

async function openRoom(engine: Engine): Promise<Room> {
  const own = mkdtempSync(join(tmpdir(), 'partyline-own-'));
  mkdirSync(join(own, 'announcements'));
  copyFileSync(GOODBYE, join(own, 'announcements/fire-drill.wav'));
  const phones = new Phones();
  const [stage, browser, tim, grace] = await Promise.all([
    engine.start({ PROMPTS_DIR: own, RECORDING: 'on' }),
    Chromium.start(),
    phones.start({ user: 'tim', name: 'Tim', codec: 'PCMU', toneHz: TIM_HZ }),
    phones.start({ user: 'grace', name: 'Grace', codec: 'G722', toneHz: GRACE_HZ }),
  ]);
  const { product } = stage;
  const meeting = await product.createMeeting({ entrySounds: 'none' });
  const desk = await ConsolePage.open(browser, product, meeting);
  const address = `sip:${meeting.codes.join}@${product.sip}`;
  await Promise.all([tim.dial(address), grace.dial(address)]);
  const stop = async () => {
    await phones.stopAll();
    await browser.stop();
    await stage.stop();
    rmSync(own, { recursive: true });
  };
  return { product, meeting, desk, tim, grace, stop };
}

function hears(who: Baresip, toneHz: number, yes: boolean): Promise<unknown> {
  return eventually(`a tone is ${yes ? '' : 'not '}heard`, async () => {
    const tones = heard(await who.hear(400), who.rateHz, [toneHz]);
    return tones.length > 0 === yes;
  });
}

/** Finds the recording that the room made, hears some of it in the page, and goes back to the room. */
async function listenTo({ product, meeting, desk: { page } }: Room): Promise<void> {
  const path = `/recordings?meeting=${meeting.id}`;
  await eventually('the recording is there', async () => {
    const list = await product.api<readonly { readonly bytes: number }[]>('GET', path);
    return list.some(({ bytes }) => bytes > 10_000);
  });
  await page.getByRole('link', { name: 'Recordings' }).click();
  await page.getByRole('button', { name: /^Listen to/ }).click();
  const sound = page.locator('audio');
  await eventually('it is heard in the page', () =>
    sound.evaluate((element) => element instanceof HTMLAudioElement && element.currentTime > 0.3),
  );
  await page.goBack();
}

const ROOMS = describe.skipIf(!has('chromium') || !has('baresip')).each(ENGINES);

/** What the console does to a room, by its own buttons, and what two phones in it hear of that. */
ROOMS('the console rules a room on $engine', (engine) => {
  let room: Room;
  let desk: ConsolePage;
  beforeAll(async () => {
    room = await openRoom(engine);
    desk = room.desk;
  }, 90_000);
  afterAll(() => room?.stop());

  const button = (name: string) => desk.page.getByRole('button', { name, exact: true });
  const told = (words: string) => desk.page.getByText(words, { exact: true }).first().waitFor();
  const bothHear = async (yes: boolean) => {
    await Promise.all([hears(room.tim, GRACE_HZ, yes), hears(room.grace, TIM_HZ, yes)]);
  };

  test('all are selected and muted, and Undo gives them back their voice', PATIENCE, async () => {
    await desk.row('Tim').waitFor();
    await desk.row('Grace').waitFor();
    await bothHear(true);
    await button('Details of Tim').focus();
    await desk.page.keyboard.press('Control+a');
    const bulk = desk.page.getByRole('toolbar', { name: 'With those selected' });
    await bulk.getByRole('button', { name: 'Mute', exact: true }).click();
    await told('2 of 2 muted.');
    await bothHear(false);
    await button('Undo').click();
    await told('2 people can be heard again.');
    await bothHear(true);
    await button('Done').click();
    await bulk.waitFor({ state: 'detached' });
  });

  test('one hears softer, waits with music, hears nothing and moderates', PATIENCE, async () => {
    await button('Details of Tim').click();
    const drawer = desk.page.getByRole('dialog');
    await drawer.getByRole('button', { name: 'Softer: How loud they hear' }).click();
    await drawer.getByText(/level .1/).waitFor();
    const change = async (name: string) => drawer.getByLabel(name).click();
    await change('On hold');
    await hears(room.grace, TIM_HZ, false);
    await change('On hold');
    await hears(room.grace, TIM_HZ, true);
    await change('Hears nothing');
    await hears(room.tim, GRACE_HZ, false);
    await hears(room.grace, TIM_HZ, true);
    await change('Hears nothing');
    await hears(room.tim, GRACE_HZ, true);
    await change('Moderator');
    await room.product.participantsWhen(room.meeting, 'Tim moderates', (list) =>
      list.some(({ name, role }) => name === 'Tim' && role === 'moderator'),
    );
    await drawer.getByRole('button', { name: 'Close' }).click();
  });

  test('a locked room answers nobody else, until it is open again', PATIENCE, async () => {
    await button('Lock').click();
    await told('The room is locked: nobody else comes in.');
    expect(await statusOf(room.product, room.meeting.codes.join)).toBe(480);
    await button('Unlock').click();
    await told('The room is open again.');
  });

  test('it is recorded, and the recording is heard in the page', PATIENCE, async () => {
    await button('Record').click();
    await button('Stop recording').waitFor();
    await hears(room.tim, GRACE_HZ, true);
    await button('Stop recording').click();
    await button('Record').waitFor();
    await listenTo(room);
    await desk.row('Tim').waitFor();
  });

  test('an announcement is played to all', PATIENCE, async () => {
    await button('Announce').click();
    await button('Play').click();
    await told('“fire-drill” is being played.');
  });

  test('people go to breakout rooms and come back, one or all', PATIENCE, async () => {
    const move = async (to: string) => {
      await button('Move Tim').click();
      await desk.page.getByLabel('Move Tim to').getByRole('button', { name: to }).click();
    };
    await button('Open breakout rooms').click();
    await desk.page.getByLabel('Who goes where').selectOption({ label: 'By hand: I move people' });
    await button('Open').click();
    await move('Room 1');
    await bothHear(false);
    await move('Main room');
    await bothHear(true);
    await button('Call all back').click();
    await button('Call back').click();
    // The warning comes first: all have a minute.
    await desk.page.getByRole('timer').waitFor();
  });

  test('whoever is removed is hung up; the others stay', PATIENCE, async () => {
    await desk.remove('Tim');
    await room.tim.waitFor('CALL_CLOSED');
    await desk.gone('Tim', 10_000);
    await desk.row('Grace').waitFor();
  });

  test('ending it can be taken back; else all are hung up', PATIENCE, async () => {
    const end = async () => {
      await button('End meeting').click();
      await desk.page.getByRole('dialog').getByRole('button', { name: 'End meeting' }).click();
      await told('“Staff meeting” is about to end for everybody.');
    };
    await end();
    await button('Undo').last().click();
    await end();
    await room.grace.waitFor('CALL_CLOSED');
    await desk.page.getByText('Ended. The link and codes no longer work.').waitFor();
  });
});
