import { chromium } from 'playwright-core';
import type { CDPSession, Page } from 'playwright-core';
import type { Participant } from '../../protocol/room/room.ts';
import { Dice } from '../support/dice.ts';
import { crowdOf } from '../web-phone/support/crowd.ts';
import { openCrowd } from '../web-phone/support/crowd-shots.ts';
import { PageServer } from '../web-phone/support/page-server.ts';
import { ROOM } from '../web-phone/support/people.ts';
import { percentile } from './percentile.ts';

const PEOPLE = 300;
const EVENTS_A_SECOND = 20;
const MEASURED_MS = 8_000;

interface Frames {
  readonly framesASecond: number;
  /** From one frame to the next, milliseconds. */
  readonly frameMs: { readonly p50: number; readonly p95: number; readonly max: number };
  /** Of 50 ms and more on the page's thread (W3C Long Tasks). */
  readonly longTasks: number;
  /** Of the page's thread, percent: all it did, its scripts alone, style and layout. */
  readonly busyPercent: number;
  readonly scriptPercent: number;
  readonly layoutPercent: number;
}

interface ConsoleFigure {
  readonly people: number;
  readonly eventsASecond: number;
  readonly rowsInPage: number;
  readonly still: Frames;
  readonly scrolling: Frames;
  readonly sortedByTalk: Frames;
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
    const figure = { people: PEOPLE, eventsASecond: EVENTS_A_SECOND, rowsInPage };
    return { embedded: { ...figure, still, scrolling, sortedByTalk } };
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

async function framesOf(page: Page, metrics: CDPSession): Promise<Frames> {
  const before = await spent(metrics);
  const { gaps, longTasks } = await page.evaluate<{ gaps: number[]; longTasks: number }>(WATCH);
  const after = await spent(metrics);
  const share = (name: keyof typeof before): number =>
    Math.round((100_000 * (after[name] - before[name])) / MEASURED_MS);
  return {
    framesASecond: Math.round((1_000 * gaps.length) / MEASURED_MS),
    frameMs: {
      p50: tenth(percentile(gaps, 0.5)),
      p95: tenth(percentile(gaps, 0.95)),
      max: tenth(percentile(gaps, 1)),
    },
    longTasks,
    busyPercent: share('task'),
    scriptPercent: share('script'),
    layoutPercent: share('layout'),
  };
}

function tenth(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** Seconds that the page's thread was busy so far. */
async function spent(metrics: CDPSession) {
  const { metrics: all } = await metrics.send('Performance.getMetrics');
  const of = (name: string): number => all.find((each) => each.name === name)?.value ?? 0;
  return {
    task: of('TaskDuration'),
    script: of('ScriptDuration'),
    layout: of('LayoutDuration') + of('RecalcStyleDuration'),
  };
}

/** Runs in the page: the time from each frame to the next. */
const WATCH = `new Promise((done) => {
  const gaps = [];
  let longTasks = 0;
  const observer = new PerformanceObserver((list) => (longTasks += list.getEntries().length));
  observer.observe({ type: 'longtask' });
  const beganMs = performance.now();
  let lastMs = beganMs;
  const frame = () => {
    const nowMs = performance.now();
    gaps.push(nowMs - lastMs);
    lastMs = nowMs;
    if (nowMs - beganMs < ${MEASURED_MS}) return requestAnimationFrame(frame);
    observer.disconnect();
    done({ gaps, longTasks });
  };
  requestAnimationFrame(frame);
})`;

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
