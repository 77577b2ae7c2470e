import type { Page } from 'playwright-core';
import type { MeetingView } from '../../protocol/http/views.ts';
import { Chromium } from '../support/chromium.ts';
import type { Product } from '../support/product.ts';
import { TonePhone } from '../support/tone-phone.ts';
import { percentile } from './percentile.ts';
import { onEachProduct } from './products.ts';

const RUNS = 20;

interface FirstSoundFigure {
  readonly runs: number;
  /** Click on "Join the meeting" to the first sound of the meeting at the loudspeaker, milliseconds. */
  readonly clickToSound: { readonly p50: number; readonly p95: number; readonly max: number };
  /** Opening the link to a door that can be walked through, milliseconds. */
  readonly linkToDoor: { readonly p50: number; readonly p95: number; readonly max: number };
  /** What the browser fetches from us until it is in the call, compressed as it travels. */
  readonly kilobytes: number;
  readonly files: number;
}

interface Run {
  readonly clickToSound: number;
  readonly linkToDoor: number;
  readonly bytes: number;
  readonly files: number;
}

/** What somebody waits for who opens a meeting's link for the first time, by real Chromium, 20 times. */
export function firstSound(): Promise<{
  embedded: FirstSoundFigure;
  freeswitch?: FirstSoundFigure;
}> {
  return onEachProduct(measureFirstSound);
}

async function measureFirstSound(product: Product): Promise<FirstSoundFigure> {
  const meeting = await product.createMeeting({ name: 'First sound' });
  const speaker = await TonePhone.dial(product, meeting, 700);
  const runs: Run[] = [];
  // One more than is counted: the first warms the server up.
  for (let run = 0; run <= RUNS; run++) runs.push(await joinOnce(product, meeting));
  await speaker.hangUp();
  const counted = runs.slice(1);
  return {
    runs: counted.length,
    clickToSound: spread(counted.map(({ clickToSound }) => clickToSound)),
    linkToDoor: spread(counted.map(({ linkToDoor }) => linkToDoor)),
    kilobytes: Math.round((counted[0]?.bytes ?? 0) / 100) / 10,
    files: counted[0]?.files ?? 0,
  };
}

/** A browser that has nothing cached. */
async function joinOnce(product: Product, meeting: MeetingView): Promise<Run> {
  const chromium = await Chromium.start(400);
  try {
    await chromium.context.addInitScript(LISTEN);
    const openedMs = performance.now();
    const page = await chromium.open(meeting.joinUrl);
    await page.getByLabel('Your name').fill('Ada');
    const button = page.getByRole('button', { name: 'Join the meeting' });
    await button.click({ trial: true });
    const linkToDoor = performance.now() - openedMs;
    await button.click();
    const clickToSound = await clickToSoundIn(page);
    const loaded = await page.evaluate(LOADED);
    await page.getByRole('button', { name: 'Leave' }).first().click();
    await product.participantsWhen(meeting, 'the browser left', (all) => all.length === 1);
    return { clickToSound, linkToDoor, ...loaded };
  } finally {
    await chromium.stop();
  }
}

function spread(samples: readonly number[]): { p50: number; p95: number; max: number } {
  const [p50 = 0, p95 = 0, max = 0] = [0.5, 0.95, 1].map((share) =>
    Math.round(percentile(samples, share)),
  );
  return { p50, p95, max };
}

interface Listening {
  readonly firstSound: Promise<number>;
  readonly clickedMs: number;
}

async function clickToSoundIn(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { firstSound } = window as unknown as Listening;
    const heardMs = await firstSound;
    return heardMs - (window as unknown as Listening).clickedMs;
  });
}

/** Everything of ours that the page fetched, with its headers. Runs in the page. */
function LOADED(): { bytes: number; files: number } {
  const entries = [
    ...performance.getEntriesByType('navigation'),
    ...performance.getEntriesByType('resource'),
  ] as PerformanceResourceTiming[];
  const bytes = entries.reduce((sum, { transferSize }) => sum + transferSize, 0);
  return { bytes, files: entries.length };
}

/** Notes the last click, and when the first remote track first sounds; the tap is ready before the call. */
const LISTEN = `{
  const worklet = "registerProcessor('first', class extends AudioWorkletProcessor {" +
    "process([input]) { const heard = input[0]?.some((value) => Math.abs(value) > 0.01);" +
    "if (heard) this.port.postMessage(1); return !heard; } })";
  addEventListener('click', () => (window.clickedMs = performance.now()), true);
  const context = new AudioContext();
  const ready = context.audioWorklet.addModule(
    URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' })),
  );
  const Native = window.RTCPeerConnection;
  window.firstSound = new Promise((resolve) => {
    window.RTCPeerConnection = class extends Native {
      constructor(...args) {
        super(...args);
        this.addEventListener('track', async ({ track }) => {
          await ready;
          const tap = new AudioWorkletNode(context, 'first');
          tap.port.onmessage = () => resolve(performance.now());
          context.createMediaStreamSource(new MediaStream([track])).connect(tap);
        });
      }
    };
  });
}`;
