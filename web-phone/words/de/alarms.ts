import type { alarms as english } from '../en/alarms.ts';

export const alarms: typeof english = {
  heading: 'Alarme',
  about:
    'Wer zu viele falsche Codes oder Schlüssel eingibt, wird gebremst. Hier steht, für wen das gerade gilt oder in den letzten 24 Stunden galt.',
  toBans: 'Wer von Hand ausgesperrt wurde, steht unter „Sperren“.',
  toWebhooks: 'Zu den Webhooks',
  quietTitle: 'Alles ruhig',
  quiet: 'In den letzten 24 Stunden hat niemand zu viele falsche Codes oder Schlüssel eingegeben.',
  holds: (left) => `Gilt noch ${left}`,
  over: 'Vorbei',
  since: (when) => `seit ${when}`,
  tries: (count) => `${count} ${count === 1 ? 'Versuch' : 'Versuche'}`,
  lift: 'Aufheben',
  liftIt: (title) => `Aufheben: ${title}`,
  forget: 'Entfernen',
  forgetIt: (title) => `Entfernen: ${title}`,
  forgotten: 'Der Alarm steht nicht mehr in der Liste.',
  putAway: 'Ausblenden',
  look: 'Ansehen',
  lookMore: (count) => `Ansehen, und ${count} weitere`,
  network: { numbers: 'von Telefonnummern', addresses: 'von Netzadressen' },
  kind: {
    caller: (who) => ({
      title: `Falsche Codes von ${who || 'einem Anrufer'}`,
      meaning: 'Von dort kamen zu viele falsche Codes; es wird kein weiterer Code mehr geprüft.',
      lift: 'Von dort werden sofort wieder Codes geprüft.',
    }),
    'code-range': (who) => ({
      title: `Jemand probiert Codes, die mit ${who || 'denselben Ziffern'} beginnen`,
      meaning:
        'Viele falsche Codes beginnen gleich. Wer noch nie hier war, hat bei solchen Codes einen Versuch; alle anderen kommen herein wie immer.',
      lift: 'Solche Codes werden wieder wie üblich geprüft.',
    }),
    all: (who) => ({
      title: `Jemand sucht nach Codes (${who})`,
      meaning:
        'Von überall kamen zu viele falsche Codes. Wer noch nie hier war, hat einen Versuch; alle anderen kommen herein wie immer.',
      lift: 'Alle haben wieder so viele Versuche wie üblich.',
    }),
    login: (who) => ({
      title: `Falsche Schlüssel oder Passwörter von ${who || 'einer Adresse'}`,
      meaning:
        'Zu viele falsche Versuche bei der Anmeldung. Von dort ist der nächste erst nach einer Wartezeit möglich.',
      lift: 'Von dort darf es sofort wieder versucht werden.',
    }),
    webhook: (who) => ({
      title: `Der Webhook an ${who} ist angehalten`,
      meaning:
        'Sein Server hat einen Tag lang keine Ereignisse angenommen. Sie werden vier Tage aufgehoben.',
      lift: 'Der Alarm ist weg. Setzen Sie den Webhook auf seiner Seite fort.',
    }),
  },
};
