/** Windows, notices and buttons that are the same everywhere. */
export const controls = {
  close: 'Close',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  undo: 'Undo',
  copyIt: (what: string) => `Copy ${what}`,
  copied: 'Copied',
  notAllowed: 'Not allowed',
  whatHappens: 'What happens in the room',
  timeLeft: (time: string) => `${time} left`,
  waiting: 'Asking the server …',
};
