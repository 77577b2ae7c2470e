/** The times of a series. */
export const times = {
  title: 'Next times',
  about: 'A time that is left out is so in invitations and calendars too.',
  leaveOut: 'Leave out',
  leaveOutWhich: (when: string) => `Leave out ${when}`,
  back: 'Bring back',
  backWhich: (when: string) => `Bring back ${when}`,
  isOut: 'left out',
  moved: 'moved',
  leftOut: (when: string) => `${when} is left out.`,
  isBack: (when: string) => `${when} takes place again.`,
  outInList: (day: string) => `${day} left out`,
};
