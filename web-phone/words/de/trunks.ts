import type { trunks as english } from '../en/trunks.ts';

export const trunks: typeof english = {
  heading: 'Trunks',
  add: 'Trunk hinzufügen',
  addFirst: 'Den ersten hinzufügen',
  noneTitle: 'Noch keine Trunks',
  none: 'Ein Trunk ist eine Leitung ins Telefonnetz: Über seine Nummern wählen sich Leute ein, und Konferenzen rufen über ihn an. Vom Anbieter erfahren Sie den Server und entweder Benutzername und Passwort oder die Adressen, von denen seine Anrufe kommen.',
  callsOut: 'ruft an',
  state: {
    registered: 'Registriert',
    reachable: 'Erreichbar',
    trying: 'Wird gesucht',
    refused: 'Abgewiesen',
    off: 'Nimmt nur Anrufe an',
  },
  asking: 'Wird gefragt',
  from: (addresses) => `von ${addresses}`,
  mend: {
    refused:
      'Prüfen Sie Benutzername und Passwort. In zehn Minuten wird es wieder versucht, nach einer Änderung sofort.',
    trying:
      'Prüfen Sie Server, Port und Transport; eine Firewall muss uns zu ihm lassen. Es wird von selbst wieder versucht.',
  },
  leadsTo: (language) => `Empfang, auf ${language}`,
  language: { en: 'Englisch', de: 'Deutsch' },
  numbersNote:
    'Jede Nummer führt zum Empfang, der in der Sprache der Nummer nach dem Code fragt. Direkt in eine Konferenz kann keine Nummer führen.',
  test: 'Testen',
  testOf: (name) => `${name} testen`,
  answered: (status, reason, ms) => `Antwort auf OPTIONS nach ${ms} ms: ${status} ${reason}`,
  answeredBy: (agent) => `(${agent})`,
  fine: 'Der Server ist da.',
  rather: 'Der Server ist da, mag aber die Frage nicht; Anrufe können trotzdem gehen.',
  silent: (ms) =>
    `Keine Antwort in ${Math.round(ms / 1_000)} s. Prüfen Sie Server, Port und Transport und die Firewall dazwischen.`,
  callIn: (number) =>
    `Um Anrufe zu Ihnen zu testen, rufen Sie ${number} von einem anderen Telefon aus an: Der Empfang muss abnehmen.`,
  change: (name) => `${name} ändern`,
  delete: (name) => `${name} löschen`,
  deleteTitle: (name) => `Den Trunk „${name}“ löschen?`,
  deleteVerb: 'Löschen',
  deleteAbout: 'Über ihn kommt und geht kein Anruf mehr. Laufende Anrufe gehen weiter.',
  editTitle: (name) => `Trunk „${name}“`,
  newTitle: 'Neuer Trunk',
  save: 'Speichern',
  create: 'Anlegen',
  name: 'Name',
  nameHint: 'Kleine Buchstaben, Ziffern und Striche.',
  server: 'Server',
  serverHint: 'Host und Port des Anbieters.',
  transport: 'Transport',
  username: 'Benutzername (optional)',
  usernameHint: 'Zum Anmelden.',
  password: 'Passwort',
  passwordNew: 'Wird nie wieder gezeigt.',
  passwordOld: 'Leer: bleibt, wie es ist.',
  register: 'Beim Anbieter registrieren',
  registerHint: 'Damit er weiß, wo wir sind. Die meisten Anbieter mit Benutzername verlangen es.',
  addresses: 'Anrufe kommen von',
  addressesHint:
    'Adressen oder Netze. Nur ihnen wird geglaubt; wo wir uns registrieren, braucht es keine.',
  numbers: 'Nummern, die zu uns führen',
  numbersHint:
    'Eine je Zeile: die Nummer, ihr Name, und die Sprache, die Anrufer hören, en oder de.',
  trusts: 'Den Rufnummern glauben, die er meldet',
  trustsHint:
    'Aus: Wer darüber anruft, wird ohne Nummer gezeigt und ist für Sperren schwerer zu erkennen.',
  outbound: 'Konferenzen dürfen darüber anrufen',
  callerId: 'Nummer, die Angerufene sehen (optional)',
  wrongName: 'Kleine Buchstaben, Ziffern und Striche, ein Buchstabe zuerst.',
  wrongServer: 'Ein Host und ein Port: sip.example.org:5060.',
  wrongNumber: (line) => `„${line}“ beginnt nicht mit einer Nummer wie +4930901234.`,
};
