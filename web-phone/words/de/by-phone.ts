import type { byPhone as english } from '../en/by-phone.ts';

export const byPhone: typeof english = {
  label: 'Per Telefon teilnehmen',
  title: 'Lieber per Telefon?',
  dial: 'Wählen Sie',
  typeCode: 'Tippen Sie auf Nachfrage den Code',
  oneTap: 'Mit dem Code anrufen',
  oneTapHint: 'An diesem Telefon: wählt und tippt den Code für Sie.',
  callMe: {
    title: 'Ihr Telefon anrufen lassen',
    carried: 'Ihr Ton läuft über Ihr Telefon. Legen Sie dort auf, um hierher zurückzukommen.',
    pressOne: 'Drücken Sie am Telefon die 1, um Ihren Ton dorthin zu verlegen.',
    cancel: 'Abbrechen',
    number: 'Ihre Telefonnummer',
    numberHint:
      'Mit Ländervorwahl, oder der Benutzername eines Tischtelefons hier im Haus. Ihr Ton läuft dann darüber.',
    call: 'Mein Telefon anrufen',
    instead: 'Lieber mein Telefon anrufen',
    insteadHint: 'Sie treten ohne Mikrofon bei und wählen dann, welches Telefon.',
  },
};
