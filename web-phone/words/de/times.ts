import type { times as english } from '../en/times.ts';

export const times: typeof english = {
  title: 'Nächste Termine',
  about: 'Was hier ausfällt, fällt auch in Einladungen und Kalendern aus.',
  leaveOut: 'Ausfallen lassen',
  leaveOutWhich: (when) => `${when} ausfallen lassen`,
  back: 'Wieder ansetzen',
  backWhich: (when) => `${when} wieder ansetzen`,
  isOut: 'fällt aus',
  moved: 'verlegt',
  leftOut: (when) => `${when} fällt aus.`,
  isBack: (when) => `${when} findet wieder statt.`,
  outInList: (day) => `${day} fällt aus`,
};
