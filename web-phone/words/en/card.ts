/** The sheet of paper for those who call. */
export const card = {
  back: 'Back to the meeting',
  print: 'Print',
  dial: '1. Dial',
  type: '2. Type the code, then #',
  inIt: '3. In the meeting',
  keys: {
    '✱6': 'mute, and unmute',
    '✱5': 'raise the hand, and lower it',
    '✱3': 'how many are here',
    '✱0': 'ask a moderator for help',
    '✱1': 'what the keys do',
  },
  orBrowser: 'Or in the browser:',
  language: { en: 'English', de: 'German' },
  gone: 'This meeting is no longer there.',
};
