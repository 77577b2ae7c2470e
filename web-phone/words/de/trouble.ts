import type { trouble as english } from '../en/trouble.ts';

export const trouble: typeof english = {
  'insecure-page': {
    title: 'Diese Seite darf kein Mikrofon benutzen',
    advice:
      'Browser erlauben Mikrofone nur auf sicheren Seiten. Öffnen Sie den Link mit https://, oder bitten Sie den Betreiber des Servers um ein Zertifikat. Per Telefon können Sie trotzdem teilnehmen.',
  },
  'browser-too-old': {
    title: 'Dieser Browser kann nicht telefonieren',
    advice:
      'Ihm fehlt WebRTC, oder es ist abgeschaltet. Öffnen Sie den Link in einem aktuellen Chrome, Edge, Firefox oder Safari, oder nehmen Sie per Telefon teil.',
  },
  'microphone-refused': {
    title: 'Das Mikrofon ist gesperrt',
    advice:
      'Ihr Browser gibt es nicht frei. Klicken Sie auf das Schloss oder das Mikrofon neben der Adresse, erlauben Sie dieser Seite das Mikrofon und versuchen Sie es noch einmal.',
  },
  'microphone-refused-by-system': {
    title: 'Ihr Gerät gibt dem Browser das Mikrofon nicht',
    advice:
      'Erlauben Sie es in den Datenschutz-Einstellungen Ihres Geräts unter „Mikrofon“; vielleicht müssen Sie den Browser neu starten. Versuchen Sie es dann noch einmal.',
  },
  'microphone-dismissed': {
    title: 'Die Frage nach dem Mikrofon wurde geschlossen',
    advice:
      'Gesperrt ist nichts. Drücken Sie „Noch einmal versuchen“ und wählen Sie dann „Zulassen“.',
  },
  'microphone-missing': {
    title: 'Kein Mikrofon gefunden',
    advice:
      'Schließen Sie ein Headset oder Mikrofon an und versuchen Sie es noch einmal. Sie können auch jetzt beitreten und nur zuhören.',
  },
  'microphone-unplugged': {
    title: 'Das Mikrofon wurde abgezogen',
    advice:
      'Es gibt kein anderes. Stecken Sie es wieder ein, dann wird es von selbst weiter benutzt, oder versuchen Sie es noch einmal.',
  },
  'microphone-busy': {
    title: 'Das Mikrofon ist belegt',
    advice:
      'Ein anderes Programm benutzt es. Beenden Sie andere Gespräche und Aufnahmen, oder wählen Sie ein anderes Mikrofon, und versuchen Sie es noch einmal.',
  },
  'microphone-failed': {
    title: 'Das Mikrofon ist nicht angegangen',
    advice:
      'Ziehen Sie es ab und stecken Sie es wieder ein, oder wählen Sie ein anderes, und versuchen Sie es noch einmal.',
  },
  'link-unknown': {
    title: 'Dieser Link führt nirgendwohin',
    advice:
      'Vielleicht ist er vertippt oder zu alt. Bitten Sie um einen neuen, wo Sie eingeladen wurden.',
  },
  'meeting-ended': {
    title: 'Diese Konferenz ist zu Ende',
    advice:
      'Falls sie weitergehen sollte: Bitten Sie um einen neuen Link, wo Sie eingeladen wurden.',
  },
  'meeting-full': {
    title: 'Alle Plätze sind belegt',
    advice:
      'Versuchen Sie es wieder, wenn jemand gegangen ist, oder bitten Sie die Moderation um einen Platz.',
  },
  'meeting-locked': {
    title: 'Die Konferenz ist abgeschlossen',
    advice:
      'Die Moderation hat die Tür geschlossen. Bitten Sie darum, sie zu öffnen, und versuchen Sie es noch einmal.',
  },
  banned: {
    title: 'Sie sind von dieser Konferenz ausgeschlossen',
    advice:
      'Die Moderation lässt Sie nicht herein. Wenn das ein Irrtum ist, sprechen Sie mit den Veranstaltenden.',
  },
  'server-busy': {
    title: 'Die Telefonanlage ist nicht bereit',
    advice:
      'Vielleicht startet sie gerade oder fährt herunter. Warten Sie einen Moment und versuchen Sie es noch einmal.',
  },
  'server-unreachable': {
    title: 'Der Server antwortet nicht',
    advice:
      'Prüfen Sie, ob Sie online sind, und versuchen Sie es noch einmal. Kommen auch andere nicht hinein, sagen Sie es dem Betreiber des Servers.',
  },
  'network-blocked': {
    title: 'Ihr Netz lässt keinen Ton durch',
    advice:
      'Eine Firewall oder ein VPN hält den Anruf auf. Versuchen Sie ein anderes Netz, etwa das Ihres Handys, oder schalten Sie das VPN ab; oder nehmen Sie per Telefon teil. Dem Betreiber des Servers hilft ein TURN-Server.',
  },
  'relay-refused': {
    title: 'Der Weg um Ihre Firewall ist versperrt',
    advice:
      'Ihr Netz lässt Ton nur über den TURN-Server durch, und der weist uns ab. Versuchen Sie ein anderes Netz, etwa das Ihres Handys, oder nehmen Sie per Telefon teil. An den Betreiber des Servers: TURN_SECRET muss das des TURN-Servers sein, und beide Uhren müssen stimmen.',
  },
  'call-failed': {
    title: 'Der Anruf kam nicht zustande',
    advice:
      'Versuchen Sie es noch einmal. Geht es wieder nicht, nehmen Sie per Telefon teil und sagen Sie es dem Betreiber des Servers.',
  },
};
