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
    'too-large': 'Das ist zu lang. Kürzen Sie es.',
    'too-many-requests': 'Zu viele Versuche. Warten Sie eine Weile, dann versuchen Sie es erneut.',
    'bad-gateway': 'Der Telefonserver antwortet nicht. Versuchen Sie es gleich noch einmal.',
    unavailable: 'Das geht gerade nicht. Versuchen Sie es gleich noch einmal.',
    'conflict.login': 'Der Anmeldename ist vergeben: Wählen Sie einen anderen.',
    'bad-input.login': 'Der Anmeldename fehlt oder enthält Unerlaubtes.',
    'conflict.extension': 'Unter dieser Durchwahl ist schon etwas anderes zu erreichen.',
    'conflict.username': 'Der Benutzername ist vergeben: Wählen Sie einen anderen.',
    'bad-input.name': 'Der Name fehlt oder ist zu lang.',
    'bad-input.password': 'Das Passwort ist zu kurz oder zu leicht zu erraten.',
    'bad-input.newPassword': 'Wählen Sie ein neues Passwort: 12 Zeichen oder mehr, nicht das alte.',
    'bad-input.record': 'Auf diesem Server ist das Aufzeichnen aus (RECORDING).',
    'bad-input.url':
      'An diese Adresse kann nicht gesendet werden: https und ein erreichbarer Name.',
  },
  again: 'Erneut versuchen',
};
