/** What the softphone says while it gets back into a call, and when it could. */
export const comeBack = {
  title: 'The connection broke. Getting you back …',
  unheard: 'The others cannot hear you at the moment.',
  offline: 'This device has no network. You come back as soon as it has one.',
  away: 'The server does not answer; it may be starting anew. We keep trying for five minutes.',
  starting: 'The server is starting. You come back in a moment.',
  trying: 'It did not work at once. We keep trying for five minutes.',
  now: 'Try now',
  before: 'You were in this meeting a moment ago',
  asBefore: (name: string) =>
    `Go back as ${name}, with your microphone and your hand as they were.`,
  back: 'Go back in',
  elsewhere: 'You are in this meeting in another tab',
  takeOrJoin: (name: string) =>
    `Take the call of ${name} over to this tab, or join below as somebody else.`,
  take: 'Take the call here',
};
