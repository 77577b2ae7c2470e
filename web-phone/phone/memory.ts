/** How the browser treats what the microphone hears (W3C Media Capture, constraints of these names). */
export interface Processing {
  readonly noiseSuppression: boolean;
  readonly echoCancellation: boolean;
  readonly autoGainControl: boolean;
}

/** What this browser remembers between visits. Where storage is forbidden it just forgets. */
export interface Remembered {
  readonly name: string;
  readonly microphone: string;
  readonly speaker: string;
  readonly processing: Processing;
}

const KEY = 'partyline.softphone';
const ALL_ON: Processing = {
  noiseSuppression: true,
  echoCancellation: true,
  autoGainControl: true,
};
const NOTHING: Remembered = { name: '', microphone: '', speaker: '', processing: ALL_ON };

export function recall(): Remembered {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Remembered>;
    return { ...NOTHING, ...kept, processing: { ...ALL_ON, ...kept.processing } };
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
