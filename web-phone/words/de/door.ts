import type { door as english } from '../en/door.ts';

export const door: typeof english = {
  join: 'Der Konferenz beitreten',
  lookingUp: 'Die Konferenz wird gesucht …',
  tryAgain: 'Noch einmal versuchen',
  youModerate: 'Sie moderieren',
  youAreInvited: 'Sie sind eingeladen zu',
  starts: (when) => `Sie beginnt am ${when}. Wer früher kommt, wartet mit Musik.`,
  waitsForModerator: 'Sie beginnt, sobald die Moderation da ist.',
  hasLobby: 'Die Moderation lässt alle einzeln herein.',
  joinsMuted: 'Alle kommen stumm herein; danach können Sie Ihr Mikrofon öffnen.',
  moderatorsOpen: 'Die Moderation erteilt das Wort: Melden Sie sich, wenn Sie drin sind.',
  yourName: 'Ihr Name',
  namePlaceholder: 'So, wie die anderen ihn sehen sollen',
  connecting: 'Wird verbunden …',
  cancel: 'Abbrechen',
  joinToListen: 'Beitreten und nur zuhören',
  leave: 'Verlassen',
  joinAgain: 'Wieder beitreten',
  lobby: {
    title: 'Sie warten auf Einlass',
    next: 'Sie sind als Nächstes dran. Die Moderation sieht Sie und lässt Sie herein.',
    place: (place) =>
      `Sie sind Nummer ${place} im Warteraum. Die Moderation sieht Sie und lässt Sie herein.`,
  },
  notStarted: {
    title: 'Die Konferenz hat noch nicht begonnen',
    words: (when) =>
      `${when === undefined ? 'Sie beginnt bald.' : `Sie beginnt am ${when}.`} Dann kommen Sie von selbst hinein, oder wenn die Moderation früher da ist.`,
  },
  noModerator: {
    title: 'Warten auf die Moderation',
    words: 'Sobald sie da ist, geht es los. Sie kommen von selbst hinein.',
  },
  music: 'Bis dahin hören Sie Musik. Noch hört Sie niemand.',
  waitingFor: 'Wartezeit',
  left: {
    'by-choice': {
      title: 'Sie haben die Konferenz verlassen',
      words: 'Sie geht ohne Sie weiter; Sie können jederzeit zurückkommen.',
    },
    'hung-up': {
      title: 'Der Anruf ist zu Ende',
      words: 'Die Telefonanlage hat aufgelegt. Sie können wieder beitreten.',
    },
    removed: {
      title: 'Die Moderation hat Sie entfernt',
      words:
        'Wenn das ein Irrtum ist, sprechen Sie mit den Veranstaltenden, ehe Sie wieder beitreten.',
    },
    refused: {
      title: 'Sie wurden nicht hereingelassen',
      words:
        'Die Moderation hat Sie abgewiesen. Sprechen Sie mit den Veranstaltenden, ehe Sie es wieder versuchen.',
    },
    banned: {
      title: 'Sie sind von dieser Konferenz ausgeschlossen',
      words:
        'Die Moderation hat Sie entfernt und lässt Sie nicht mehr herein. Wenn das ein Irrtum ist, sprechen Sie mit den Veranstaltenden.',
    },
    'meeting-ended': {
      title: 'Die Konferenz ist zu Ende',
      words: 'Die Moderation hat sie für alle beendet.',
    },
    replaced: {
      title: 'Ihr Anruf geht anderswo weiter',
      words:
        'Sie sind in einem anderen Tab oder Fenster in dieser Konferenz. Wechseln Sie dorthin, oder holen Sie den Anruf zurück.',
    },
    'connection-lost': {
      title: 'Die Verbindung ist abgebrochen',
      words:
        'Wir haben es eine Minute lang versucht. Prüfen Sie Ihr Netz und treten Sie wieder bei, oder nehmen Sie per Telefon teil.',
    },
  },
};
