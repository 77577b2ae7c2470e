import { audit } from './audit.ts';
import { bans } from './bans.ts';
import { breakoutRooms } from './breakout-rooms.ts';
import { card } from './card.ts';
import { frame } from './frame.ts';
import { history } from './history.ts';
import { houseProblems } from './house-problems.ts';
import { keys } from './keys.ts';
import { me } from './me.ts';
import { meetingForm } from './meeting-form.ts';
import { meetings } from './meetings.ts';
import { people } from './people.ts';
import { readiness } from './readiness.ts';
import { recordings } from './recordings.ts';
import { room } from './room.ts';
import { signIn } from './sign-in.ts';
import { times } from './times.ts';
import { webhooks } from './webhooks.ts';
import { phones } from './phones.ts';
import { provisioning } from './provisioning.ts';
import { system } from './system.ts';
import { trunks } from './trunks.ts';
import { alarms } from './alarms.ts';

/** What the console alone says, a table an area. */
export const consoleWords = {
  audit,
  bans,
  breakoutRooms,
  card,
  frame,
  history,
  houseProblems,
  keys,
  me,
  meetingForm,
  meetings,
  people,
  readiness,
  recordings,
  room,
  signIn,
  times,
  webhooks,
  phones,
  provisioning,
  system,
  trunks,
  alarms,
};
