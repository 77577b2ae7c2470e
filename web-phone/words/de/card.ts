import type { card as english } from '../en/card.ts';

export const card: typeof english = {
  back: 'Zur Konferenz',
  print: 'Drucken',
  dial: '1. Wählen',
  type: '2. Code eingeben, dann #',
  inIt: '3. In der Konferenz',
  keys: {
    '✱6': 'stumm schalten und wieder sprechen',
    '✱5': 'Hand heben und senken',
    '✱3': 'wie viele da sind',
    '✱0': 'die Moderation um Hilfe bitten',
    '✱1': 'was die Tasten tun',
  },
  orBrowser: 'Oder im Browser:',
  language: { en: 'Englisch', de: 'Deutsch' },
  gone: 'Diese Konferenz gibt es nicht mehr.',
};
