import { plural } from '../plural.ts';
import type { breakoutRooms as english } from '../en/breakout-rooms.ts';

export const breakoutRooms: typeof english = {
  title: 'Gruppenräume',
  open: 'Gruppenräume öffnen',
  mainRoom: 'Hauptraum',
  callAllBack: 'Alle zurückrufen',
  callBackTitle: 'Alle zurückrufen?',
  callBackVerb: 'Zurückrufen',
  callBackAbout:
    'Alle werden vorgewarnt. Dann sind wieder alle im Hauptraum, und die Gruppenräume sind geschlossen.',
  visit: 'Besuchen',
  visitWhich: (name: string) => `${name} besuchen`,
  move: 'Verschieben',
  moveWhom: (name: string) => `${name} verschieben`,
  moveWhomTo: (name: string) => `${name} verschieben nach`,
  openVerb: 'Öffnen',
  number: 'Zahl der Räume',
  less: 'Ein Raum weniger',
  more: 'Ein Raum mehr',
  rooms: (count: number) => plural(count, 'Raum', 'Räume'),
  room: (number: number) => `Raum ${number}`,
  nameOf: (number: number) => `Name von Raum ${number}`,
  who: 'Wer wohin geht',
  assign: {
    evenly: 'Gleichmäßig, ohne Moderation',
    given: 'Von Hand: ich verteile',
    self: 'Alle wählen selbst',
  },
  minutes: 'Minuten (optional)',
  minutesHint: 'Dann kommen alle von selbst zurück. Ohne Angabe: bis Sie zurückrufen.',
  wrongMinutes: 'Minuten von 1 bis 1440 eingeben, oder nichts.',
};
