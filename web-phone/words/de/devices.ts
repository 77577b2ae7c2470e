import type { devices as english } from '../en/devices.ts';

export const devices: typeof english = {
  microphone: 'Mikrofon',
  speaker: 'Lautsprecher',
  microphoneNumber: (number) => `Mikrofon ${number}`,
  speakerNumber: (number) => `Lautsprecher ${number}`,
  byDefault: 'Wie am Gerät eingestellt',
  testSpeaker: 'Testen',
  saySomething: 'Sagen Sie etwas: Der Balken sollte sich bewegen.',
  onlyListening: 'Sie hören nur zu.',
  willBeAsked:
    'Ihr Browser fragt, ob diese Seite das Mikrofon benutzen darf. Wählen Sie „Zulassen“.',
  tryMicrophone: 'Mikrofon ausprobieren',
  tryAgain: 'Noch einmal versuchen',
  noiseSuppression: 'Geräusche unterdrücken',
  noiseSuppressionHint: 'Lüfter, Tastaturen, Verkehr. Für Musik ausschalten.',
  echoCancellation: 'Echo unterdrücken',
  echoCancellationHint: 'Nur mit Kopfhörern ausschalten.',
  autoGain: 'Lautstärke ausgleichen',
  autoGainHint: 'Hebt eine leise Stimme an und dämpft eine laute.',
  howItHears: 'Wie das Mikrofon hört',
  instead: (gone, now) => `„${gone}“ ist abgezogen. Bis es wieder da ist, wird „${now}“ benutzt.`,
  back: (now) => `„${now}“ ist wieder da und wird weiter benutzt.`,
  gone: 'Das Mikrofon wurde abgezogen. Niemand hört Sie.',
  soundOff: 'Ihr Browser lässt den Ton noch nicht zu',
  soundOffWhy: 'Er spielt nichts ab, ehe Sie auf die Seite geklickt haben.',
  soundOn: 'Konferenz hören',
};
