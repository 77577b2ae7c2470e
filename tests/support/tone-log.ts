import { eventually } from './eventually.ts';
import { peakOf } from './tone-meter.ts';

/** One look at the sound takes so much of it. */
const LOOK_MS = 40;
const AUDIBLE_PEAK = 120;
/** A tone that goes on for so long is there to stay. */
const STEADY_MS = 400;

/** Whether one tone is in a sound, and since when; times are `Date.now()`. */
export interface Hearing {
  readonly on: boolean;
  readonly sinceMs: number;
}

/** Follows one tone in what comes, window by window. */
export class ToneLog {
  readonly #hz: number;
  readonly #rateHz: number;
  #left: number[] = [];
  #hearing: Hearing = { on: false, sinceMs: Date.now() };
  /** Every time that it began. */
  readonly beginnings: number[] = [];

  constructor(hz: number, rateHz: number) {
    this.#hz = hz;
    this.#rateHz = rateHz;
  }

  get hearing(): Hearing {
    return this.#hearing;
  }

  push(pcm: Int16Array): void {
    this.#left.push(...pcm);
    const window = (this.#rateHz * LOOK_MS) / 1000;
    while (this.#left.length >= window) this.#look(Int16Array.from(this.#left.splice(0, window)));
  }

  #look(window: Int16Array): void {
    const on = peakOf(window, this.#hz, this.#rateHz) >= AUDIBLE_PEAK;
    if (on === this.#hearing.on) return;
    this.#hearing = { on, sinceMs: Date.now() };
    if (on) this.beginnings.push(this.#hearing.sinceMs);
  }
}

/** When the tone began that is there to stay; one that was there before `fromMs` does not count. */
export async function steadySince(
  what: string,
  look: () => Hearing | undefined | Promise<Hearing | undefined>,
  { fromMs, withinMs }: { readonly fromMs: number; readonly withinMs: number },
): Promise<number> {
  const isSteady = async (): Promise<number | undefined> => {
    const hearing = await look();
    if (hearing?.on !== true || hearing.sinceMs < fromMs) return undefined;
    return Date.now() - hearing.sinceMs >= STEADY_MS ? hearing.sinceMs : undefined;
  };
  return eventually(what, isSteady, withinMs);
}
