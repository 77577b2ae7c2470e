import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

/** What a screen reader is told of what happens in the room. */
export type Told = 'all' | 'mine' | 'none';

/** How somebody likes their calls. */
export interface Habits {
  /** Holding the space bar opens the microphone. */
  readonly talkKey: boolean;
  /** Single keys do things: WCAG 2.1.4 wants a way to turn them off. */
  readonly shortKeys: boolean;
  /** A hint when they speak while muted. */
  readonly remind: boolean;
  readonly told: Told;
  /** Of everybody together, 0 to 1. */
  readonly volume: number;
}

const KEY = 'partyline.habits';
export const FIRST_HABITS: Habits = {
  talkKey: true,
  shortKeys: true,
  remind: true,
  told: 'all',
  volume: 1,
};

const kept = signal<Habits>(recalled());

/** Read while drawing, or where something happens. */
export const habits: ReadonlySignal<Habits> = kept;

/** From here on, and in the next calls from this browser. */
export function changeHabits(part: Partial<Habits>): void {
  kept.value = { ...kept.peek(), ...part };
  try {
    localStorage.setItem(KEY, JSON.stringify(kept.peek()));
  } catch {
    // Storage is full or forbidden: it holds for this visit.
  }
}

/** What this browser remembers, as far as it can be understood. */
function recalled(): Habits {
  try {
    return habitsFrom(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
  } catch {
    // Storage is forbidden, or holds what nobody wrote: as at first.
    return FIRST_HABITS;
  }
}

/** An older or a foreign value counts for nothing. */
export function habitsFrom(value: unknown): Habits {
  const { talkKey, shortKeys, remind, told, volume }: Partial<Habits> =
    typeof value === 'object' && value !== null ? value : {};
  const flag = (given: unknown, first: boolean) => (typeof given === 'boolean' ? given : first);
  return {
    talkKey: flag(talkKey, FIRST_HABITS.talkKey),
    shortKeys: flag(shortKeys, FIRST_HABITS.shortKeys),
    remind: flag(remind, FIRST_HABITS.remind),
    told: told === 'mine' || told === 'none' ? told : 'all',
    volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : FIRST_HABITS.volume,
  };
}
