import type { comeBack as english } from '../en/come-back.ts';

export const comeBack: typeof english = {
  title: 'Die Verbindung ist abgebrochen. Sie wird wiederhergestellt …',
  unheard: 'Die anderen hören Sie gerade nicht.',
  offline: 'Dieses Gerät hat kein Netz. Sobald es eines hat, geht es weiter.',
  away: 'Der Server antwortet nicht; vielleicht startet er neu. Wir versuchen es fünf Minuten lang weiter.',
  starting: 'Der Server startet gerade. Gleich geht es weiter.',
  trying: 'Es hat nicht gleich geklappt. Wir versuchen es fünf Minuten lang weiter.',
  now: 'Jetzt versuchen',
  before: 'Sie waren eben noch in dieser Konferenz',
  asBefore: (name) => `Als ${name} zurückkehren, mit Mikrofon und gehobener Hand wie zuvor.`,
  back: 'Zurückkehren',
  elsewhere: 'Sie sind in einem anderen Tab in dieser Konferenz',
  takeOrJoin: (name) =>
    `Das Gespräch von ${name} in diesen Tab holen oder unten als jemand anderes beitreten.`,
  take: 'Gespräch hierher holen',
};
