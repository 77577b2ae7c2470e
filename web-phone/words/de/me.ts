import type { me as english } from '../en/me.ts';

export const me: typeof english = {
  changePassword: 'Passwort ändern',
  telephone: 'Ihr Telefon',
  yourMeetings: 'Ihre Konferenzen',
  noMeetings: 'Zurzeit sind Sie keiner Konferenz hinzugefügt.',
  moderator: 'Moderation',
  open: 'Offen',
  join: 'Beitreten',
  joinIt: (name) => `${name} beitreten`,
  signedInAt: 'Wo Sie angemeldet sind',
  here: 'hier',
  unnamed: 'unbenannter Browser',
  since: (from, used) => `Seit ${from} · zuletzt benutzt: ${used}`,
  signOut: 'Abmelden',
  signOutAt: (address) => `${address} abmelden`,
  shownOnce: 'Das ist nur jetzt zu sehen.',
  done: 'Fertig',
};
