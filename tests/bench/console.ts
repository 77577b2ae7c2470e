import { chromium } from 'playwright-core';
import type { Participant } from '../../protocol/room/room.ts';
import { Dice } from '../support/dice.ts';
import { crowdOf } from '../web-phone/support/crowd.ts';
import { openCrowd } from '../web-phone/support/crowd-shots.ts';
import { PageServer } from '../web-phone/support/page-server.ts';
import { ROOM } from '../web-phone/support/people.ts';
import { framesOf } from './frames.ts';
import type { Frames } from './frames.ts';
import { manyMeetings } from './console-meetings.ts';
import type { ManyMeetings } from './console-meetings.ts';

const PEOPLE = 300;
const EVENTS_A_SECOND = 20;

interface ConsoleFigure {
  readonly people: number;
  readonly eventsASecond: number;
  readonly rowsInPage: number;
  readonly still: Frames;
  readonly scrolling: Frames;
  readonly sortedByTalk: Frames;
  /** The list of all meetings. */
  readonly meetings: ManyMeetings;
}

/** The built console in real Chromium, with a crowd whose facts a script dictates; there is no switch in it. */
export async function crowdedConsole(): Promise<{ embedded: ConsoleFigure }> {
  const server = await PageServer.start();
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const metrics = await page.context().newCDPSession(page);
  await metrics.send('Performance.enable');
  await openCrowd(page, server, PEOPLE);
  const stop = keepHappening(server);
  try {
    const measure = () => framesOf(page, metrics);
    const rowsInPage = await page.locator('.people li').count();
    const still = await measure();
    await page.evaluate(SCROLL);
    const scrolling = await measure();
    await page.evaluate(STOP_SCROLLING);
    await page.getByLabel('Sort by').selectOption('talked');
    const sortedByTalk = await measure();
    stop();
    const meetings = await manyMeetings(page, metrics);
    const figure = { people: PEOPLE, eventsASecond: EVENTS_A_SECOND, rowsInPage };
    return { embedded: { ...figure, still, scrolling, sortedByTalk, meetings } };
  } finally {
    stop();
    await browser.close();
    await server.stop();
  }
}

/** People begin and end to talk, are muted, raise their hands, and sound otherwise. */
function keepHappening(server: PageServer): () => void {
  const dice = new Dice(1);
  const crowd = crowdOf(PEOPLE);
  const timer = setInterval(() => {
    const now = server.rooms.get(ROOM)?.people.get(dice.pick(crowd).id);
    if (now) server.put(ROOM, changed(now, dice.below(100)));
  }, 1_000 / EVENTS_A_SECOND);
  return () => clearInterval(timer);
}

function changed(person: Participant, chance: number): Participant {
  const { handAtMs, ...rest } = person;
  if (chance < 70) return { ...person, talking: !person.talking };
  if (chance < 85) return { ...person, muted: !person.muted, talking: false };
  if (chance < 90)
    return handAtMs === undefined ? { ...rest, hand: true, handAtMs: 1 } : { ...rest, hand: false };
  return { ...person, quality: { mos: 1 + chance / 30, lossPercent: 1, jitterMs: 9 } };
}

/** Runs in the page: 25 pixels a frame, down to the last and up again. */
const SCROLL = `{
  const list = document.querySelector('.people');
  let by = 25;
  const step = () => {
    const before = list.scrollTop;
    list.scrollTop = before + by;
    if (list.scrollTop === before) by = -by;
    window.scrolls = requestAnimationFrame(step);
  };
  step();
}`;
const STOP_SCROLLING = 'cancelAnimationFrame(window.scrolls)';
