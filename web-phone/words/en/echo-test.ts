/** A call to the server that plays oneself back. */
export const echoTest = {
  start: 'Hear yourself',
  about:
    'A test call: your voice comes back a second later. Nobody in the meeting hears or sees it.',
  title: 'Echo test',
  calling: 'Calling the server …',
  speak: 'Say a sentence. It comes back a second later.',
  stop: 'Stop the test',
  again: 'Test again',
  close: 'Close',
  secondsLeft: (seconds: number) => `${seconds} s left`,
  youSay: 'You say',
  comesBack: 'Comes back',
  delay: 'Delay',
  lost: 'Lost',
  ms: (number: string) => `${number} ms`,
  percent: (number: string) => `${number} %`,
  unknown: 'unknown',
  verdict: {
    heard: {
      title: 'You can be heard',
      words: 'Your voice went to the server and came back.',
    },
    'heard-badly': {
      title: 'You can be heard, but the line is poor',
      words:
        'Sound is being lost on the way. Come nearer to the Wi-Fi, use a cable, or join by phone.',
    },
    faint: {
      title: 'You are hard to hear',
      words: 'Your voice is very soft. Come nearer to the microphone, or choose a different one.',
    },
    silent: {
      title: 'The microphone hears nothing',
      words:
        'Say something. If the upper bar stays still: look for a mute switch on the headset, or choose a different microphone.',
    },
    'nothing-back': {
      title: 'Nothing came back',
      words:
        'Your microphone works, but your sound did not return from the server. Try another network or switch a VPN off; or join by phone.',
    },
    'nothing-received': {
      title: 'Nothing arrives from the server',
      words:
        'The call is up, but a firewall holds the sound back. Try another network, such as your phone’s; or join by phone.',
    },
  },
  yourSpeaker: 'Heard nothing all the same? Choose a different speaker, or turn the sound up.',
};
