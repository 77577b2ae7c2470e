/** The way in and out: the door, the waiting room, the farewell. */
export const door = {
  join: 'Join the meeting',
  lookingUp: 'Looking up the meeting …',
  tryAgain: 'Try again',
  youModerate: 'You moderate',
  youAreInvited: 'You are invited to',
  starts: (when: string) => `It starts ${when}. Whoever comes earlier waits with music.`,
  waitsForModerator: 'It begins when a moderator is there.',
  hasLobby: 'A moderator lets people in one by one.',
  joinsMuted: 'Everybody joins muted; you can unmute once you are in.',
  moderatorsOpen: 'Moderators say who speaks: raise your hand once you are in.',
  yourName: 'Your name',
  namePlaceholder: 'As the others should see it',
  connecting: 'Connecting …',
  cancel: 'Cancel',
  joinToListen: 'Join and only listen',
  leave: 'Leave',
  joinAgain: 'Join again',
  lobby: {
    title: 'You are waiting to be let in',
    next: 'You are next. A moderator sees you and lets you in.',
    place: (place: number) =>
      `You are number ${place} in the lobby. A moderator sees you and lets you in.`,
  },
  notStarted: {
    title: 'The meeting has not started yet',
    words: (when: string | undefined) =>
      `${when === undefined ? 'It starts soon.' : `It starts ${when}.`} You are joined by yourself when it does, or when a moderator comes earlier.`,
  },
  noModerator: {
    title: 'Waiting for a moderator',
    words: 'The meeting begins when one is there. You are joined by yourself.',
  },
  music: 'You hear music while you wait. Nobody hears you yet.',
  waitingFor: 'Waiting for',
  left: {
    'by-choice': {
      title: 'You left the meeting',
      words: 'It goes on without you; you can come back at any time.',
    },
    'hung-up': {
      title: 'The call has ended',
      words: 'The phone system hung up. You can join again.',
    },
    removed: {
      title: 'A moderator removed you',
      words:
        'If you think it was a mistake, speak with whoever runs the meeting before you join again.',
    },
    refused: {
      title: 'You were not let in',
      words:
        'A moderator did not admit you. Speak with whoever runs the meeting before you try again.',
    },
    banned: {
      title: 'You are banned from this meeting',
      words:
        'A moderator removed you and keeps you out. If you think it was a mistake, speak with whoever runs the meeting.',
    },
    'meeting-ended': {
      title: 'The meeting is over',
      words: 'A moderator ended it for everybody.',
    },
    replaced: {
      title: 'Your call goes on elsewhere',
      words:
        'You are in this meeting in another tab or window. Go there, or take the call back here.',
    },
    'connection-lost': {
      title: 'The connection is lost',
      words: 'We tried for a minute. Check your network, then join again, or join by phone.',
    },
  },
};
