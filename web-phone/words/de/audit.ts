import type { audit as english } from '../en/audit.ts';

export const audit: typeof english = {
  heading: 'Protokoll',
  csv: 'CSV',
  jsonLines: 'JSON Lines',
  check: 'Kette prüfen',
  narrow: 'Liste eingrenzen',
  who: 'Wer',
  whoExample: 'admin, person, phone',
  what: 'Was',
  whatExample: 'lock, sessions, DELETE',
  outcome: 'Ergebnis',
  outcomes: { all: 'Alle', done: 'Erledigt', refused: 'Abgelehnt', failed: 'Fehlgeschlagen' },
  cameOut: { done: 'erledigt', refused: 'abgelehnt', failed: 'fehlgeschlagen' },
  noneTitle: 'Nichts passt dazu',
  none: 'Was hier jemand ändert, und jede Anmeldung, steht in diesem Protokoll.',
  from: (address) => ` von ${address}`,
  older: 'Ältere zeigen',
  whole: (first, last) => `Die Kette ist lückenlos, von ${first} bis ${last}.`,
  broken: (at, fault) => `Die Kette ist bei ${at} gebrochen: ${fault}.`,
};
