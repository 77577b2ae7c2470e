/** What this browser remembers between visits. Where storage is forbidden it just forgets. */
export interface Remembered {
  readonly name: string;
  readonly microphone: string;
  readonly speaker: string;
}

const KEY = 'partyline.softphone';
const NOTHING: Remembered = { name: '', microphone: '', speaker: '' };

export function recall(): Remembered {
  try {
    return {
      ...NOTHING,
      ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Remembered>),
    };
  } catch {
    // Storage can be forbidden, or hold what an older release wrote.
    return NOTHING;
  }
}

export function remember(part: Partial<Remembered>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...recall(), ...part }));
  } catch {
    // Storage is full or forbidden: the page works all the same.
  }
}
