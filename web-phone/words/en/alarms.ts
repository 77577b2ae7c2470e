/** Limits on wrong codes and keys that are full, or were within a day. */
export const alarms = {
  heading: 'Alarms',
  about:
    'Whoever types too many wrong codes or keys is slowed down. Here is whom that holds for now, or held for within the last 24 hours.',
  toBans: 'Who was kept out by hand stands under “Bans”.',
  toWebhooks: 'To the webhooks',
  quietTitle: 'All is quiet',
  quiet: 'Nobody typed too many wrong codes or keys within the last 24 hours.',
  holds: (left: string) => `Holds for ${left} more`,
  over: 'Over',
  since: (when: string) => `since ${when}`,
  tries: (count: number) => `${count} ${count === 1 ? 'try' : 'tries'}`,
  lift: 'Lift',
  liftIt: (title: string) => `Lift: ${title}`,
  forget: 'Forget',
  forgetIt: (title: string) => `Forget: ${title}`,
  forgotten: 'It is no longer listed.',
  putAway: 'Put away',
  look: 'Look',
  lookMore: (count: number) => `Look, and ${count} more`,
  network: { numbers: 'from telephone numbers', addresses: 'from network addresses' },
  kind: {
    caller: (who: string) => ({
      title: `Wrong codes from ${who || 'one caller'}`,
      meaning: 'This caller typed too many wrong codes, and no code of theirs is tried any more.',
      lift: 'They may try codes again at once.',
    }),
    'code-range': (who: string) => ({
      title: `Somebody tries codes that begin with ${who || 'the same digits'}`,
      meaning:
        'Many wrong codes begin alike. Callers who were never here get one try at such codes; those who were are let in as ever.',
      lift: 'Such codes are tried as usual again.',
    }),
    all: (who: string) => ({
      title: `Somebody hunts for codes (${who})`,
      meaning:
        'Too many wrong codes came from everywhere. Callers who were never here get one try each; those who were are let in as ever.',
      lift: 'Everybody has the usual number of tries again.',
    }),
    login: (who: string) => ({
      title: `Wrong keys or passwords from ${who || 'one address'}`,
      meaning: 'Too many wrong tries at this console’s door. Who tries so must wait.',
      lift: 'They may try again at once.',
    }),
    webhook: (who: string) => ({
      title: `The webhook to ${who} is paused`,
      meaning: 'Its server did not take events for a day. They are kept for four days.',
      lift: 'The alarm is gone. Resume the webhook on its own page.',
    }),
  },
};
