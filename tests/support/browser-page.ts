import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { wavBytes, wavHeader } from '../../switch/media/dsp/wav.ts';
import { CHROMIUM } from './chromium-program.ts';
import { ToneSource } from './tone-meter.ts';

const MICROPHONE_HZ = 48_000;
const MICROPHONE_SECONDS = 10;

/** Chromium with a tone for a microphone, on an empty page of this machine. */
export class BrowserPage {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #directory: string;

  private constructor(page: Page, browser: Browser, server: Server, directory: string) {
    this.page = page;
    this.#browser = browser;
    this.#server = server;
    this.#directory = directory;
  }

  static async open(toneHz: number): Promise<BrowserPage> {
    const directory = await mkdtemp(join(tmpdir(), 'partyline-browser-'));
    const microphone = join(directory, 'microphone.wav');
    await writeFile(microphone, toneWav(toneHz));
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>test</title><audio id="speaker" autoplay></audio>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${microphone}`,
        '--autoplay-policy=no-user-gesture-required',
      ],
    });
    const context = await browser.newContext({ permissions: ['microphone'] });
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return new BrowserPage(page, browser, server, directory);
  }

  /** The tab dies without a word. */
  async kill(): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const crashed = this.page.waitForEvent('crash');
    // The answer dies with the tab.
    session.send('Page.crash').catch(() => undefined);
    await crashed;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
    await rm(this.#directory, { recursive: true });
  }
}

function toneWav(hz: number): Buffer {
  const samples = new Int16Array(MICROPHONE_HZ * MICROPHONE_SECONDS);
  new ToneSource(hz, MICROPHONE_HZ, 12_000).fill(samples);
  return Buffer.concat([wavHeader(MICROPHONE_HZ, samples.length), wavBytes(samples)]);
}
