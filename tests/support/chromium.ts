import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { CHROMIUM, WHOLE_CHROMIUM } from './chromium-program.ts';
import { writeTone } from './tone-file.ts';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const PID_FILE = 'pid';

/** Where it runs, if not simply here. */
export interface Place {
  /** Words before the program's own, such as those that enter another network. */
  readonly prefix?: string;
  readonly flags?: readonly string[];
}

/** Debian's Chromium with a tone for a microphone, or with none (`toneHz` absent). */
export class Chromium {
  readonly #browser: Browser;
  readonly #folder: string;
  readonly context: BrowserContext;

  private constructor(browser: Browser, context: BrowserContext, folder: string) {
    this.#browser = browser;
    this.context = context;
    this.#folder = folder;
  }

  static async start(toneHz?: number, place: Place = {}): Promise<Chromium> {
    const folder = mkdtempSync(join(tmpdir(), 'partyline-chromium-'));
    const media = toneHz === undefined ? [] : mediaFlags(join(folder, 'tone.wav'), toneHz);
    const browser = await chromium.launch({
      executablePath: launcher(folder, place),
      args: [...QUIET, ...media, ...(place.flags ?? [])],
    });
    const permissions = toneHz === undefined ? [] : ['microphone'];
    // The glow around who talks, drawn sixty times a second, is most of what a page in a call costs.
    const context = await browser.newContext({
      permissions,
      bypassCSP: true,
      reducedMotion: 'reduce',
    });
    // Keeps every remote track, so that a test can listen to what the page plays.
    await context.addInitScript(KEEP_TRACKS);
    return new Chromium(browser, context, folder);
  }

  async open(url: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(url);
    return page;
  }

  /** Kills the process behind a page, as the task manager would. */
  async crash(page: Page): Promise<void> {
    const session = await this.context.newCDPSession(page);
    const crashed = new Promise<void>((resolve) => page.once('crash', () => resolve()));
    // The answer never comes: the process that would give it is gone.
    session.send('Page.crash').catch(() => undefined);
    await crashed;
  }

  /** The machine sleeps: all its processes stand still, until `wake`. */
  sleep(): void {
    signal(this.#processes(), 'SIGSTOP');
  }

  wake(): void {
    signal(this.#processes(), 'SIGCONT');
  }

  /** The first and all that it began. */
  #processes(): readonly number[] {
    const first = Number(readFileSync(join(this.#folder, PID_FILE), 'utf8'));
    return [first, ...descendantsOf(first)];
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export const BROWSER_RATE_HZ = 48_000;

/** What the page hears from its call in the next `ms`, at 48 kHz. */
export async function hearInPage(page: Page, ms: number): Promise<Int16Array> {
  const bytes = Buffer.from(await page.evaluate(RECORD, { ms, rateHz: BROWSER_RATE_HZ }), 'base64');
  return Int16Array.from({ length: bytes.length / 2 }, (_, at) => bytes.readInt16LE(2 * at));
}

function launcher(folder: string, { prefix = '', flags }: Place): string {
  const program = flags === undefined ? CHROMIUM : WHOLE_CHROMIUM;
  const path = join(folder, 'chromium');
  const script = `#!/bin/sh\necho $$ > ${join(folder, PID_FILE)}\nexec ${prefix} ${program} "$@"\n`;
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}

function descendantsOf(pid: number): readonly number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
      .split(' ')
      .map(Number)
      .filter(Boolean),
  );
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

function signal(pids: readonly number[], name: 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of pids) process.kill(pid, name);
}

function mediaFlags(path: string, toneHz: number): string[] {
  writeTone(path, { hz: toneHz, rateHz: 48_000, seconds: 20 });
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${path}`,
    '--autoplay-policy=no-user-gesture-required',
  ];
}

const KEEP_TRACKS = `{
  const Native = window.RTCPeerConnection;
  window.keptTracks = [];
  window.RTCPeerConnection = class extends Native {
    constructor(...args) {
      super(...args);
      this.addEventListener('track', (event) => window.keptTracks.push(event.track));
    }
  };
}`;

interface Recording {
  readonly ms: number;
  readonly rateHz: number;
}

interface Page48k {
  readonly keptTracks: MediaStreamTrack[];
}

/** Runs in the page: records the newest remote track; 16 bits a sample in base64, for numbers one by one take seconds. */
async function RECORD({ ms, rateHz }: Recording): Promise<string> {
  const track = (window as unknown as Page48k).keptTracks.at(-1);
  if (track === undefined) throw new Error('this page has no remote audio');
  const context = new AudioContext({ sampleRate: rateHz });
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const worklet = `registerProcessor('tap', class extends AudioWorkletProcessor {
    process([input]) { if (input[0]) this.port.postMessage(input[0]); return true; }
  })`;
  await context.audioWorklet.addModule(
    URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' })),
  );
  const tap = new AudioWorkletNode(context, 'tap');
  const wanted = (rateHz * ms) / 1000;
  const samples = new Int16Array(wanted);
  let heard = 0;
  source.connect(tap);
  await new Promise<void>((resolve) => {
    tap.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
      for (const value of data) samples[heard++] = Math.round(value * 32_767);
      if (heard >= wanted) resolve();
    };
  });
  await context.close();
  return btoa(
    Array.from(new Uint8Array(samples.buffer), (byte) => String.fromCharCode(byte)).join(''),
  );
}
