import type { problems as english } from '../en/problems.ts';

export const problems: typeof english = {
  unreachable:
    'Der Server hat nicht geantwortet. Prüfen Sie Ihre Netzwerkverbindung und versuchen Sie es erneut.',
  known: {
    'not-signed-in': 'Das stimmt nicht, oder Sie sind nicht mehr angemeldet. Melden Sie sich an.',
    forbidden: 'Dazu fehlt Ihnen die Berechtigung. Fragen Sie, wer diesen Server betreibt.',
    'foreign-origin': 'Die Anfrage kam von einer anderen Seite. Laden Sie diese Seite neu.',
    'not-found': 'Das gibt es nicht mehr. Laden Sie die Seite neu.',
    ended: 'Die Konferenz ist beendet.',
    changed:
      'Jemand anderes hat es inzwischen geändert. Schließen Sie das Fenster und sehen Sie nach.',
    'no-trunk':
      'Keine Leitung führt ins Telefonnetz. Fragen Sie, wer diesen Server betreibt: Ein Trunk muss Anrufe nach außen erlauben.',
    'calls-full':
      'Es sind schon so viele Anrufe nach außen offen, wie auf einmal erlaubt sind. Warten Sie, bis einer endet.',
    'calls-spent':
      'Für heute sind keine Anrufe nach außen mehr erlaubt. Versuchen Sie es morgen, oder wählen Sie sich mit dem Telefon selbst ein.',
    'not-joined': 'Treten Sie der Konferenz erst bei, dann lassen Sie sie Ihr Telefon anrufen.',
    'called-already': 'Ihr Telefon wird schon angerufen.',
    running: 'Dieselbe Anfrage läuft schon. Warten Sie einen Moment.',
    'too-large': 'Das ist zu lang. Kürzen Sie es.',
    'too-many-requests': 'Zu viele Versuche. Warten Sie eine Weile, dann versuchen Sie es erneut.',
    'bad-gateway': 'Der Telefonserver antwortet nicht. Versuchen Sie es gleich noch einmal.',
    unavailable: 'Das geht gerade nicht. Versuchen Sie es gleich noch einmal.',
    'forbidden.number':
      'Diese Nummer darf von hier nicht angerufen werden. Welche erlaubt sind, legt der Server fest (DIAL_OUT_PREFIXES).',
    'not-signed-in.password': 'Der Name oder das Passwort ist falsch.',
    'conflict.admitted': 'Die Person ist nicht mehr in der Lobby.',
    'conflict.ban':
      'Sperren geht hier nicht: Entweder gibt es schon 500 Sperren, oder nichts unterscheidet diesen Anrufer von anderen. Entfernen Sie ihn ohne Sperre und schließen Sie den Raum ab.',
    'bad-input.number': 'Geben Sie eine ganze Nummer mit Ländervorwahl ein: +49 30 901234.',
    'bad-input.account': 'Dieses Tischtelefon gibt es hier nicht.',
    'bad-input.name': 'Der Name fehlt oder ist zu lang.',
  },
  internal: (number) =>
    `Das war ein Fehler des Servers. Nennen Sie denen, die ihn betreiben, diese Nummer: ${number}.`,
  other: (detail) => `Das geht so nicht. Der Server sagt dazu: „${detail}“`,
  again: 'Erneut versuchen',
};
