/** What stands between a person and the meeting, and what to do about it. */
export const trouble = {
  'insecure-page': {
    title: 'This page cannot use a microphone',
    advice:
      'Browsers allow microphones only on secure pages. Open the link with https://, or ask whoever runs this server to set up a certificate. You can still join by phone.',
  },
  'browser-too-old': {
    title: 'This browser cannot make calls',
    advice:
      'It lacks WebRTC, or it is switched off. Open the link in a current Chrome, Edge, Firefox or Safari, or join by phone.',
  },
  'microphone-refused': {
    title: 'The microphone is blocked',
    advice:
      'Your browser was told not to share it. Click the lock or microphone sign beside the address, allow the microphone for this page, then try again.',
  },
  'microphone-refused-by-system': {
    title: 'Your computer keeps the microphone from the browser',
    advice:
      'Allow it in the privacy settings of your computer or phone, under Microphone; you may have to start the browser anew. Then try again.',
  },
  'microphone-dismissed': {
    title: 'The question about the microphone was closed',
    advice: 'Nothing is blocked. Press “Try again” and choose “Allow” this time.',
  },
  'microphone-missing': {
    title: 'No microphone found',
    advice: 'Plug in a headset or microphone and try again. You can also join now and only listen.',
  },
  'microphone-unplugged': {
    title: 'The microphone was unplugged',
    advice: 'There is no other one. Plug it in, and it is used again by itself, or try again.',
  },
  'microphone-busy': {
    title: 'The microphone is in use',
    advice:
      'Another program holds it. Close other calls and recorders, or choose a different microphone, then try again.',
  },
  'microphone-failed': {
    title: 'The microphone did not start',
    advice: 'Unplug it and plug it in again, or choose a different one, then try again.',
  },
  'link-unknown': {
    title: 'This link does not work',
    advice: 'It may be mistyped or too old. Ask whoever invited you for a new one.',
  },
  'meeting-ended': {
    title: 'This meeting has ended',
    advice: 'If you expected it to go on, ask whoever invited you for a new link.',
  },
  'meeting-full': {
    title: 'The meeting is full',
    advice:
      'Every place is taken. Try again when somebody has left, or ask the moderator to make room.',
  },
  'meeting-locked': {
    title: 'The meeting is locked',
    advice: 'A moderator has closed the door. Ask them to unlock the room, then try again.',
  },
  banned: {
    title: 'You are banned from this meeting',
    advice:
      'A moderator keeps you out. If you think it was a mistake, speak with whoever runs the meeting.',
  },
  'server-busy': {
    title: 'The phone system is not ready',
    advice: 'It may be starting or shutting down. Wait a moment, then try again.',
  },
  'server-unreachable': {
    title: 'The server does not answer',
    advice:
      'Check that you are online, then try again. If others cannot connect either, tell whoever runs the server.',
  },
  'network-blocked': {
    title: 'Your network lets no sound through',
    advice:
      'A firewall or VPN holds the call back. Try another network, such as your phone’s, or switch the VPN off; or join by phone. Whoever runs the server can help with a TURN server.',
  },
  'relay-refused': {
    title: 'The way around your firewall is closed',
    advice:
      'Your network lets sound through by the TURN server alone, and that refuses us. Try another network, such as your phone’s, or join by phone. Whoever runs the server: TURN_SECRET must be the TURN server’s own, and both clocks right.',
  },
  'call-failed': {
    title: 'The call did not go through',
    advice: 'Try again. If it happens twice, join by phone and tell whoever runs the server.',
  },
};
