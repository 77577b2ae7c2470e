import { audit } from './audit.ts';
import { card } from './card.ts';
import { frame } from './frame.ts';
import { history } from './history.ts';
import { keys } from './keys.ts';
import { me } from './me.ts';
import { meetingForm } from './meeting-form.ts';
import { meetings } from './meetings.ts';
import { people } from './people.ts';
import { signIn } from './sign-in.ts';
import { webhooks } from './webhooks.ts';

/** What the console alone says, a table an area. */
export const consoleWords = {
  audit,
  card,
  frame,
  history,
  keys,
  me,
  meetingForm,
  meetings,
  people,
  signIn,
  webhooks,
};
