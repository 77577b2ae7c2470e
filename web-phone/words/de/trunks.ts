import type { trunks as english } from '../en/trunks.ts';

export const trunks: typeof english = {
  heading: 'Trunks',
  add: 'Trunk hinzufügen',
  addFirst: 'Den ersten hinzufügen',
  noneTitle: 'Noch keine Trunks',
  none: 'Ein Trunk ist eine Leitung ins Telefonnetz: Über seine Nummern wählt man sich ein, und Konferenzen rufen über ihn nach draußen an. Vom Anbieter erfahren Sie den Server und entweder Benutzername und Passwort oder die Adressen, von denen seine Anrufe kommen.',
  callsOut: 'auch ausgehend',
  state: {
    registered: 'Registriert',
    reachable: 'Erreichbar',
    trying: 'Wird gesucht',
    refused: 'Abgewiesen',
    off: 'Nimmt nur Anrufe an',
  },
  asking: 'Wird gefragt',
  from: (addresses) => `von ${addresses}`,
  said: (status, reason) => (reason === '' ? `${status}` : `${status} „${reason}“`),
  trouble: {
    'no-login': () => 'Er soll sich registrieren, hat aber keinen Benutzernamen mit Passwort.',
    'no-answer': () => 'Der Anbieter antwortet nicht.',
    'no-answer-to-options': () => 'Der Server antwortet nicht auf OPTIONS.',
    'login-refused': (said) =>
      `Der Anbieter nimmt Benutzername und Passwort nicht an und meldet ${said}.`,
    'registration-refused': (said) => `Der Anbieter lehnt die Registrierung ab und meldet ${said}.`,
    'registration-failed': (said) => `Die Registrierung misslingt; der Anbieter meldet ${said}.`,
  },
  mend: {
    refused:
      'Prüfen Sie Benutzername und Passwort. In zehn Minuten wird es wieder versucht, nach einer Änderung sofort.',
    trying:
      'Prüfen Sie Server, Port und Transport; die Firewall muss den Weg dorthin erlauben. Es wird von selbst wieder versucht.',
    'no-login': 'Tragen Sie beides ein, oder lassen Sie ihn sich nicht registrieren.',
    'registration-refused':
      'Fragen Sie den Anbieter, ob sich das Konto registrieren darf. In zehn Minuten wird es wieder versucht, nach einer Änderung sofort.',
    'registration-failed':
      'Der Fehler liegt beim Anbieter: Fragen Sie dort nach, wenn er bleibt. Es wird von selbst wieder versucht.',
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
  rather: 'Der Server ist da, lehnt die Frage aber ab; Anrufe können trotzdem funktionieren.',
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
  nameHint: 'Kleinbuchstaben, Ziffern und Bindestriche.',
  server: 'Server',
  serverHint: 'Host und Port des Anbieters.',
  transport: 'Transport',
  username: 'Benutzername (optional)',
  usernameHint: 'Zum Anmelden.',
  password: 'Passwort',
  passwordNew: 'Wird nie wieder gezeigt.',
  passwordOld: 'Leer: bleibt, wie es ist.',
  register: 'Beim Anbieter registrieren',
  registerHint:
    'Damit er weiß, wohin Anrufe gehen. Die meisten Anbieter mit Benutzername verlangen es.',
  addresses: 'Anrufe kommen von',
  addressesHint:
    'Adressen oder Netze. Nur von dort werden Anrufe angenommen; mit Registrierung sind keine nötig.',
  numbers: 'Nummern, die zu uns führen',
  numbersHint: 'Eine je Zeile: die Nummer, ihr Name und die Sprache der Ansagen, en oder de.',
  trusts: 'Den gemeldeten Rufnummern vertrauen',
  trustsHint: 'Aus: Wer darüber anruft, wird ohne Nummer gezeigt und lässt sich schwerer sperren.',
  outbound: 'Konferenzen dürfen darüber hinausrufen',
  callerId: 'Nummer, die Angerufene sehen (optional)',
  wrongName: 'Kleinbuchstaben, Ziffern und Bindestriche; ein Buchstabe zuerst.',
  wrongServer: 'Ein Host und ein Port: sip.example.org:5060.',
  wrongNumber: (line) => `„${line}“ beginnt nicht mit einer Nummer wie +4930901234.`,
};
