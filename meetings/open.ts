import type { Admissions } from '../protocol/call/admission.ts';
import type { RoomId } from '../protocol/room/room.ts';
import { Accounts } from './accounts.ts';
import type { Addresses, Basics } from './basics.ts';
import { Browsers } from './browsers.ts';
import { CodeDoor } from './code-door.ts';
import { Codes } from './codes.ts';
import { PhoneDirectory } from './directory.ts';
import { Doorkeeper } from './doorkeeper.ts';
import { Extensions } from './extensions.ts';
import { signingKeys } from './keys.ts';
import { Meetings } from './meetings.ts';
import type { Random } from './rules/ids.ts';
import { Sessions } from './sessions.ts';
import type { Store } from './store/store.ts';
import { Throttle } from './throttle.ts';
import { Tickets } from './tickets.ts';
import { MeetingViews } from './view.ts';

export interface MeetingsSettings extends Addresses {
  readonly store: Store;
  readonly now: () => number;
  readonly random: Random;
  /** The digest realm phones are challenged with; passwords are bound to it. */
  readonly realm: string;
  readonly adminKey: string;
  /** Whether a room is locked now, as the switch says. */
  readonly isLocked: (room: RoomId) => boolean;
}

export interface MeetingsParts {
  readonly meetings: Meetings;
  readonly views: MeetingViews;
  readonly tickets: Tickets;
  readonly browsers: Browsers;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  /** For the gateway. */
  readonly directory: PhoneDirectory;
  /** For the bridge. */
  readonly admissions: Admissions;
}

/** Joins the parts over one store. Nothing runs by itself; closing the store is the caller's. */
export async function openMeetings(settings: MeetingsSettings): Promise<MeetingsParts> {
  const { store, now, random, realm } = settings;
  const basics: Basics = { store, now, random, keys: await signingKeys(store, random) };
  const codes = new Codes(basics);
  const extensions = new Extensions(basics, settings);
  const throttle = new Throttle(basics);
  const door = new CodeDoor(basics, codes, throttle);
  const meetings = new Meetings(basics, codes, extensions);
  const accounts = new Accounts(basics, settings, realm);
  const browsers = new Browsers(basics, settings, realm);
  return {
    meetings,
    views: new MeetingViews(basics, settings),
    tickets: new Tickets(basics, settings, codes, browsers),
    browsers,
    accounts,
    sessions: new Sessions(basics, throttle, settings.adminKey),
    directory: new PhoneDirectory({
      accounts,
      browsers,
      meetings,
      extensions,
      door,
      addresses: settings,
    }),
    admissions: new Doorkeeper(meetings, door, settings.isLocked),
  };
}
