import { words } from '../words/words.ts';
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
  readonly #shown = new Map<string, Notification>();
  #timer: ReturnType<typeof setInterval> | undefined;

  follow(calls: readonly LineCall[]): void {
    const tone = toneFor(calls);
    this.#tones.play(tone, tone === 'ring' ? recallRinger() : '');
    const incoming = incomingCalls(calls);
    this.#flash(incoming[0]?.peer.name);
    this.#notify(incoming);
  }

  test(): void {
    this.#tones.play('ring', recallRinger());
    setTimeout(() => this.#tones.stop(), TEST_MS);
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

  #notify(incoming: readonly LineCall[]): void {
    for (const [id, notification] of this.#shown)
      if (!incoming.some((call) => call.id === id)) {
        notification.close();
        this.#shown.delete(id);
      }
    if (!mayNotify() || document.visibilityState === 'visible') return;
    for (const { id, peer } of incoming) {
      if (this.#shown.has(id)) continue;
      const notification = new Notification(words('line').said.incoming(peer.name), {
        tag: `partyline-call-${id}`,
        requireInteraction: true,
      });
      notification.addEventListener('click', () => window.focus());
      this.#shown.set(id, notification);
    }
  }
}

function mayNotify(): boolean {
  return 'Notification' in window && Notification.permission === 'granted';
}
