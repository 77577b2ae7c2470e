import { words } from '../words/words.ts';
import { CallNotifications } from './call-notifications.ts';
import { activeCall, incomingCalls, isUp } from './calls.ts';
import type { LineCall } from './calls.ts';
import { recallRinger } from './ring-memory.ts';
import { Tones } from './tones.ts';
import type { Tone } from './tones.ts';

const FLASH_MS = 1_000;
const TEST_MS = 1_600;

/** Which tone is to be heard. */
export function toneFor(calls: readonly LineCall[]): Tone | undefined {
  const isTalking = calls.some(isUp);
  if (incomingCalls(calls).length > 0) return isTalking ? 'waiting' : 'ring';
  return activeCall(calls)?.state === 'ringing' ? 'ringback' : undefined;
}

/** Rings, lets the title of the page flash, and tells who looks at another window. */
export class Alerts {
  readonly #tones = new Tones();
  readonly #notifications = new CallNotifications();
  #calls: readonly LineCall[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;
  #test: ReturnType<typeof setTimeout> | undefined;

  follow(calls: readonly LineCall[]): void {
    this.#calls = calls;
    this.#sound();
    const incoming = incomingCalls(calls);
    this.#flash(incoming[0]?.peer.name);
    this.#notifications.follow(incoming);
  }

  /** Rings once; a call that comes meanwhile rings on. */
  test(): void {
    clearTimeout(this.#test);
    this.#tones.play('ring', recallRinger());
    this.#test = setTimeout(() => this.#sound(), TEST_MS);
  }

  #sound(): void {
    clearTimeout(this.#test);
    const tone = toneFor(this.#calls);
    this.#tones.play(tone, tone === 'ring' ? recallRinger() : '');
  }

  #flash(caller: string | undefined): void {
    clearInterval(this.#timer);
    const { title, said } = words('line');
    document.title = title;
    if (caller === undefined) return;
    const calls = `● ${said.incoming(caller)}`;
    document.title = calls;
    this.#timer = setInterval(() => {
      document.title = document.title === calls ? title : calls;
    }, FLASH_MS);
  }
}
