import type { signIn as english } from '../en/sign-in.ts';

export const signIn: typeof english = {
  console: 'Konsole',
  firstAccount: 'Das erste Konto',
  provider: (name) => `Mit ${name} anmelden`,
  useKey: 'Admin-Schlüssel verwenden',
  makeFirst: 'Erstes Konto anlegen',
  usePassword: 'Name und Passwort verwenden',
  signIn: 'Anmelden',
  login: 'Anmeldename',
  password: 'Passwort',
  newPassword: 'Neues Passwort',
  key: 'Admin-Schlüssel',
  keyHint:
    'Wurde beim ersten Start des Servers ausgegeben und liegt in seinem Datenordner. ADMIN_KEY legt einen anderen fest.',
  passwordHint: 'Mindestens 12 Zeichen; ein paar Wörter sind gut.',
  loginHint: 'Eine E-Mail-Adresse oder ein kurzer Name.',
  back: {
    cancelled: 'Sie sind nicht angemeldet: Die Anmeldung wurde dort abgebrochen.',
    'not-let-in':
      'Sie sind dort bekannt, haben hier aber keinen Zugang. Fragen Sie, wer diesen Server betreibt.',
    failed:
      'Die Anmeldung dort ist fehlgeschlagen. Versuchen Sie es erneut; den Grund nennt das Log des Servers.',
  },
  owns: 'Damit verwalten Sie diesen Server. Die Konten aller anderen legen Sie danach an.',
  make: 'Konto anlegen',
  yourName: 'Ihr Name',
  asSeen: 'So, wie ihn die anderen sehen.',
  againTitle: 'Neu anmelden',
  again:
    'Ihre Sitzung ist beendet. Ihre Eingaben bleiben erhalten: Melden Sie sich an und machen Sie weiter.',
  somebodyElse: 'Jemand anderes hat sich angemeldet. Die Seite zeigt, was diese Person sehen darf.',
  changeTitle: 'Passwort ändern',
  now: 'Bisheriges Passwort',
  change: 'Ändern',
  changed: 'Ihr Passwort ist geändert. Überall sonst sind Sie abgemeldet.',
};
