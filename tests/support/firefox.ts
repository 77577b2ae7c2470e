import { networkInterfaces } from 'node:os';
import puppeteer from 'puppeteer-core';
import type { Browser, ElementHandle, Page } from 'puppeteer-core';
import { newcomer, signIn } from './phone-sign-in.ts';
import type { Product } from './product.ts';

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

  /** The telephone of somebody whose account is made here, once calls come through. */
  async telephone(product: Product, login: string): Promise<Page> {
    const person = await newcomer(product, login);
    const page = await this.#browser.newPage();
    await page.evaluateOnNewDocument(KEEP_CONNECTIONS);
    await page.goto(`${product.url}/phone`);
    await page.evaluate(signIn, person);
    await page.reload();
    await page.waitForSelector('.line-ready');
    return page;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
  }
}

/** Presses the first button of this name, as soon as it is there. */
export async function pressIn(page: Page, name: string): Promise<void> {
  const found = (wanted: string) =>
    [...document.querySelectorAll('button')].find(
      (button) => (button.ariaLabel ?? button.textContent).trim() === wanted,
    );
  const button = await page.waitForFunction(found, {}, name);
  await (button as ElementHandle<HTMLButtonElement>).click();
}

/** Types where the field is, and presses Enter. */
export async function enterIn(page: Page, field: string, text: string): Promise<void> {
  const input = await page.waitForSelector(field);
  await input?.type(`${text}\n`);
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
