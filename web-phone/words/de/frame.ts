import type { frame as english } from '../en/frame.ts';

export const frame: typeof english = {
  title: 'Partyline-Konsole',
  places: 'Bereiche',
  place: {
    meetings: 'Besprechungen',
    phones: 'Tischtelefone',
    trunks: 'Trunks',
    alarms: 'Alarme',
    history: 'Verlauf',
    people: 'Personen',
    keys: 'API-Schlüssel',
    webhooks: 'Webhooks',
    audit: 'Protokoll',
    me: 'Mein Konto',
  },
  group: { telephones: 'Telefonie', house: 'Haus', programs: 'Programme' },
  close: 'Schließen',
  signOut: 'Abmelden',
  link: { connecting: 'Verbinden …', live: 'Live', lost: 'Neu verbinden …' },
  lostTitle: 'Keine Verbindung zum Server',
  lost: 'Sie sehen den letzten bekannten Stand. Die Verbindung wird weiter versucht; sobald der Server antwortet, ist alles wieder aktuell.',
  impairedTitle: 'Anrufe kommen an, aber nicht alles funktioniert',
  notReadyTitle: 'Zurzeit können keine Anrufe ankommen',
  skip: 'Zum Inhalt springen',
};
