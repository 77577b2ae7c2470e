import type { CDPSession, Page } from 'playwright-core';
import { Dice } from '../support/dice.ts';
import { PageServer } from '../web-phone/support/page-server.ts';
import { LIVE, MEETINGS, nthId, openMany } from '../web-phone/support/many-meetings.ts';
import { framesOf } from './frames.ts';
import type { Frames } from './frames.ts';

const EVENTS_A_SECOND = 20;

export interface ManyMeetings {
  readonly meetings: number;
  readonly live: number;
  readonly eventsASecond: number;
  /** From the address to the first row on the screen, milliseconds. */
  readonly loadedMs: number;
  readonly rowsInPage: number;
  readonly still: Frames;
  readonly scrolling: Frames;
  /** From a letter typed into the search to the list that fits, milliseconds. */
  readonly foundMs: number;
}

/** The list of 500 meetings, of which 50 have people who begin and end to talk. `pages`: a folder of built ones. */
export async function manyMeetings(
  page: Page,
  metrics: CDPSession,
  pages?: string,
): Promise<ManyMeetings> {
  const server = await PageServer.start(pages);
  openMany(server);
  const stop = keepTalking(server);
  try {
    const beganMs = performance.now();
    await page.goto(`${server.url}/console#/meetings`);
    await page.locator('.meeting-row').first().waitFor();
    const loadedMs = Math.round(performance.now() - beganMs);
    const rowsInPage = await page.locator('.meeting-row').count();
    const still = await framesOf(page, metrics);
    await page.evaluate(SCROLL);
    const scrolling = await framesOf(page, metrics);
    await page.evaluate(STOP_SCROLLING);
    const foundMs = Math.round(await page.evaluate<number>(FIND));
    const figure = { meetings: MEETINGS, live: LIVE, eventsASecond: EVENTS_A_SECOND };
    return { ...figure, loadedMs, rowsInPage, still, scrolling, foundMs };
  } finally {
    stop();
    await server.stop();
  }
}

function keepTalking(server: PageServer): () => void {
  const dice = new Dice(1);
  const timer = setInterval(() => {
    const room = nthId(dice.below(LIVE));
    const people = [...(server.rooms.get(room)?.people.values() ?? [])];
    if (people.length === 0) return;
    const now = dice.pick(people);
    server.put(room, { ...now, talking: !now.talking });
  }, 1_000 / EVENTS_A_SECOND);
  return () => clearInterval(timer);
}

/** Runs in the page: 40 pixels a frame, to the end of the page and up again. */
const SCROLL = `{
  let by = 40;
  const step = () => {
    const before = scrollY;
    scrollTo(0, before + by);
    if (scrollY === before) by = -by;
    window.scrolls = requestAnimationFrame(step);
  };
  step();
}`;
const STOP_SCROLLING = 'cancelAnimationFrame(window.scrolls)';

/** Runs in the page: the time until the next frame after the search was typed. */
const FIND = `new Promise((done) => {
  const field = document.querySelector('.meeting-narrow input');
  const beganMs = performance.now();
  field.value = 'Meeting 49';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - beganMs)));
})`;
