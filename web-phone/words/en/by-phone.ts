/** Any telephone in the browser's place. */
export const byPhone = {
  label: 'Join by phone',
  title: 'Rather by phone?',
  dial: 'Dial',
  typeCode: 'When asked, type the code',
  oneTap: 'Call with the code',
  oneTapHint: 'On this phone: dials, and types the code for you.',
  callMe: {
    title: 'Have your phone called',
    carried: 'Your phone carries your sound. Hang it up to come back here.',
    pressOne: 'Press 1 on the phone to move your sound there.',
    cancel: 'Cancel',
    number: 'Your phone’s number',
    numberHint:
      'With its country, or the user name of a desk phone here. It then carries your sound.',
    call: 'Call my phone',
    instead: 'Call my phone instead',
    insteadHint: 'You join without a microphone; then say which phone to call.',
  },
};
