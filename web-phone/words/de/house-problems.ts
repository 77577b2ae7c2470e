import type { houseProblems as english } from '../en/house-problems.ts';

export const houseProblems: typeof english = {
  'not-found.sound': 'Diese Durchsage gibt es nicht mehr. Laden Sie die Seite neu.',
  'breakouts-open': 'Es gibt schon Gruppenräume. Schließen Sie die erst.',
  'nobody-there':
    'Gerade ist niemand in der Konferenz. Öffnen Sie Gruppenräume, wenn jemand da ist.',
  'not-signed-in.key': 'Der Schlüssel ist falsch. Er wurde beim ersten Start ausgegeben.',
  'conflict.newPassword': 'Das Passwort galt für ein Mal: Wählen Sie ein neues.',
  'conflict.name': 'Der Name ist vergeben: Wählen Sie einen anderen.',
  'conflict.numbers': 'Eine der Nummern gehört schon zu einem anderen Trunk.',
  'bad-input.addresses':
    'Nennen Sie die Adressen, von denen seine Anrufe kommen, oder melden Sie den Trunk beim Anbieter an.',
  'bad-input.username': 'Der Benutzername fehlt oder enthält Unerlaubtes.',
  'bad-input.person': 'Diese Person hat hier kein Konto.',
  'bad-input.personId': 'Diese Person hat hier kein Konto.',
  'bad-input.until': 'Das Ende muss in der Zukunft liegen.',
  'bad-input.expiresAt': 'Das Ablaufdatum muss in der Zukunft liegen.',
  'bad-input.startsAt': 'Der Beginn fehlt, oder die Wiederholung fällt nicht auf ihn.',
  'bad-input.timeZone': 'Eine Serie braucht eine Zeitzone, etwa Europe/Berlin.',
  'bad-input.recurrence': 'Diese Wiederholung ist hier nicht möglich.',
  'conflict.login': 'Der Anmeldename ist vergeben: Wählen Sie einen anderen.',
  'bad-input.login': 'Der Anmeldename fehlt oder enthält Unerlaubtes.',
  'conflict.extension': 'Unter dieser Durchwahl ist schon etwas anderes zu erreichen.',
  'conflict.username': 'Der Benutzername ist vergeben: Wählen Sie einen anderen.',
  'bad-input.password': 'Das Passwort ist zu kurz oder zu leicht zu erraten.',
  'bad-input.newPassword': 'Wählen Sie ein neues Passwort: 12 Zeichen oder mehr, nicht das alte.',
  'bad-input.record': 'Auf diesem Server ist das Aufzeichnen aus (RECORDING).',
  'bad-input.url': 'An diese Adresse kann nicht gesendet werden: https und ein erreichbarer Name.',
};
