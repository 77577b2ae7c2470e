import type { controls as english } from '../en/controls.ts';

export const controls: typeof english = {
  close: 'Schließen',
  cancel: 'Abbrechen',
  dismiss: 'Ausblenden',
  undo: 'Rückgängig',
  copyIt: (what) => `${what} kopieren`,
  copied: 'Kopiert',
  notAllowed: 'Nicht erlaubt',
  whatHappens: 'Was im Raum geschieht',
  timeLeft: (time) => `noch ${time}`,
  waiting: 'Der Server wird gefragt …',
};
