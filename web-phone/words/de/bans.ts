import type { bans as english } from '../en/bans.ts';

export const bans: typeof english = {
  heading: 'Sperren',
  about:
    'Wer nicht mehr hereinkommt. Sperren einer Konferenz entstehen in ihrem Raum und enden mit ihr; Sperren des Hauses gelten für jede Konferenz, am Telefon wie im Browser.',
  add: 'Jemanden sperren',
  noneTitle: 'Niemand ist gesperrt',
  none: 'Hier steht, wer für immer aus einer Konferenz entfernt wurde und wen Sie für alle Konferenzen sperren.',
  every: 'Jede Konferenz',
  in: (meeting) => `In „${meeting}“`,
  by: (who, when) => `gesperrt von ${who}, ${when}`,
  who: { console: 'der Konsole', program: 'einem Programm' },
  until: (when) => `bis ${when}`,
  lift: 'Sperre aufheben',
  liftWhom: (name) => `Sperre von ${name} aufheben`,
  lifted: (name) => `${name} kommt wieder herein.`,
  banned: (name) => `${name} ist für alle Konferenzen gesperrt.`,

  addTitle: 'Für alle Konferenzen sperren',
  addAbout: 'Wer davon gerade in einer Konferenz ist, für den wird sofort aufgelegt.',
  kind: 'Wen',
  kinds: { number: 'Eine Telefonnummer', account: 'Ein Tischtelefon', person: 'Eine Person' },
  number: 'Nummer',
  numberHint: 'Mit Ländervorwahl. Wer die Nummer unterdrückt, wird dadurch nicht ferngehalten.',
  name: 'Name',
  nameHint: 'So steht die Nummer in dieser Liste; er kann fehlen.',
  choose: 'Auswählen …',
  long: 'Wie lange',
  longs: {
    ever: 'Bis sie aufgehoben wird',
    hour: 'Eine Stunde',
    day: 'Einen Tag',
    week: 'Eine Woche',
    month: '30 Tage',
  },
  ban: 'Sperren',
};
