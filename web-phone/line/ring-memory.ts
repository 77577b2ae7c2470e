const KEY = 'partyline.ringer';

/** The output that calls ring on; '' for the usual one. */
export function recallRinger(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    // Storage is forbidden: it rings where all sound is.
    return '';
  }
}

export function keepRinger(id: string): void {
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // The choice holds for this visit.
  }
}
