import { networkInterfaces } from 'node:os';
import puppeteer from 'puppeteer-core';
import type { Browser, Page } from 'puppeteer-core';

/** Playwright drives only a Firefox of its own; WebDriver BiDi drives Debian's. */
const FIREFOX = '/usr/bin/firefox-esr';

/** Firefox sends no media to loopback addresses: one that this machine has besides, where it has any. */
export function ownAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}

/** Debian's Firefox ESR, whose microphone is a tone. */
export class Firefox {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async start(toneHz: number): Promise<Firefox> {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: FIREFOX,
      headless: true,
      extraPrefsFirefox: {
        'media.navigator.streams.fake': true,
        'media.navigator.audio.fake_frequency': toneHz,
        'media.navigator.permission.disabled': true,
        'media.autoplay.default': 0,
      },
    });
    return new Firefox(browser);
  }

  /** In the meeting, by its link. */
  async join(joinUrl: string, name: string): Promise<Page> {
    const page = await this.#browser.newPage();
    await page.evaluateOnNewDocument(KEEP_CONNECTIONS);
    await page.goto(joinUrl);
    const field = await page.waitForSelector('input[autocomplete=name]');
    await field?.type(name);
    const join = await page.waitForSelector('button[type=submit]:not([disabled])');
    await join?.click();
    await page.waitForSelector('.in-call');
    return page;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
  }
}

/** How loud the call is that the page plays just now, 0 to 1. Sound itself needs a sound card in Firefox. */
export function loudnessIn(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { connections } = window as unknown as { readonly connections: RTCPeerConnection[] };
    const reports = await connections.at(-1)?.getStats();
    const all = [...(reports?.values() ?? [])] as { type: string; audioLevel?: number }[];
    return all.find(({ type }) => type === 'inbound-rtp')?.audioLevel ?? 0;
  });
}

/** Runs in a page before its own scripts. */
const KEEP_CONNECTIONS = `{
  const Native = window.RTCPeerConnection;
  window.connections = [];
  window.RTCPeerConnection = class extends Native {
    constructor(...args) {
      super(...args);
      window.connections.push(this);
    }
  };
}`;
