import type { echoTest as english } from '../en/echo-test.ts';

export const echoTest: typeof english = {
  start: 'Sich selbst hören',
  about:
    'Ein Testanruf: Ihre Stimme kommt eine Sekunde später zurück. In der Konferenz hört und sieht das niemand.',
  title: 'Echotest',
  calling: 'Der Server wird angerufen …',
  speak: 'Sagen Sie einen Satz. Er kommt eine Sekunde später zurück.',
  stop: 'Test beenden',
  again: 'Noch einmal testen',
  close: 'Schließen',
  secondsLeft: (seconds) => `noch ${seconds} s`,
  youSay: 'Sie sagen',
  comesBack: 'Kommt zurück',
  delay: 'Verzögerung',
  lost: 'Verloren',
  ms: (number) => `${number} ms`,
  percent: (number) => `${number} %`,
  unknown: 'unbekannt',
  verdict: {
    heard: {
      title: 'Man kann Sie hören',
      words: 'Ihre Stimme war beim Server und kam zurück.',
    },
    'heard-badly': {
      title: 'Man kann Sie hören, aber die Leitung ist schlecht',
      words:
        'Unterwegs geht Ton verloren. Gehen Sie näher ans WLAN, nehmen Sie ein Kabel, oder nehmen Sie per Telefon teil.',
    },
    faint: {
      title: 'Sie sind schlecht zu hören',
      words:
        'Ihre Stimme ist sehr leise. Gehen Sie näher ans Mikrofon, oder wählen Sie ein anderes.',
    },
    silent: {
      title: 'Das Mikrofon hört nichts',
      words:
        'Sagen Sie etwas. Bleibt der obere Balken still: Suchen Sie am Headset einen Stummschalter, oder wählen Sie ein anderes Mikrofon.',
    },
    'nothing-back': {
      title: 'Es kam nichts zurück',
      words:
        'Ihr Mikrofon geht, aber Ihr Ton kam nicht vom Server zurück. Versuchen Sie ein anderes Netz oder schalten Sie ein VPN ab; oder nehmen Sie per Telefon teil.',
    },
    'nothing-received': {
      title: 'Vom Server kommt nichts an',
      words:
        'Der Anruf steht, aber eine Firewall hält den Ton auf. Versuchen Sie ein anderes Netz, etwa das Ihres Handys; oder nehmen Sie per Telefon teil.',
    },
  },
  yourSpeaker:
    'Sie haben trotzdem nichts gehört? Wählen Sie einen anderen Lautsprecher, oder stellen Sie lauter.',
};
