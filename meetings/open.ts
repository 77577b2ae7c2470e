import type { Admissions } from '../protocol/call/admission.ts';
import type { Language } from '../protocol/call/language.ts';
import type { NumberPolicy } from '../protocol/call/masked.ts';
import type { Log } from '../protocol/log.ts';
import type { RoomControl } from '../protocol/room/control.ts';
import type { KeypadAct } from '../protocol/room/keypad-act.ts';
import type { RoomId } from '../protocol/room/room.ts';
import { Accounts } from './accounts.ts';
import { Alarms } from './alarms.ts';
import { AuditLog } from './audit-log.ts';
import { Bans } from './bans.ts';
import { afterRealTime } from './basics.ts';
import type { Addresses, After, Basics } from './basics.ts';
import { Breakouts } from './breakouts.ts';
import { Browsers } from './browsers.ts';
import { CodeDoor } from './code-door.ts';
import { Codes } from './codes.ts';
import { DialOut } from './dial-out.ts';
import { PhoneDirectory } from './directory.ts';
import { Doorkeeper } from './doorkeeper.ts';
import { Extensions } from './extensions.ts';
import { HistoryShelf } from './history/shelf.ts';
import { KeptAnswers } from './kept-answers.ts';
import { Invitations } from './invitations/invitations.ts';
import { keypadActs } from './keypad-acts.ts';
import { signingKeys } from './keys.ts';
import { Lines } from './lines.ts';
import { Meetings } from './meetings.ts';
import { openPeople } from './people/open.ts';
import type { PeopleParts } from './people/open.ts';
import { hearNeighbours } from './neighbours.ts';
import { NO_DIAL_OUT } from './rules/dial-out.ts';
import type { DialOutSettings } from './rules/dial-out.ts';
import type { Random } from './rules/ids.ts';
import { Provisioning } from './provisioning.ts';
import { Running } from './running.ts';
import type { Store } from './store/store.ts';
import { Throttle } from './throttle.ts';
import { Tickets } from './tickets.ts';
import { Trunks } from './trunks.ts';
import { MeetingViews } from './view.ts';
import { openWebhooks } from './webhooks/open.ts';
import type { WebhookParts } from './webhooks/open.ts';

export interface MeetingsSettings extends Addresses {
  readonly store: Store;
  readonly now: () => number;
  readonly random: Random;
  /** The digest realm phones are challenged with; passwords are bound to it. */
  readonly realm: string;
  readonly adminKey: string;
  /** Whether a room is locked now, as the switch says. */
  readonly isLocked: (room: RoomId) => boolean;
  /** What meetings speak where nobody says otherwise; absent: English. */
  readonly language?: Language;
  /** How much of callers' numbers is kept for show; absent: `masked`. */
  readonly numbers?: NumberPolicy;
  /** Absent: no calls to numbers. */
  readonly dialOut?: DialOutSettings;
  /** How long the audit log is kept; absent: a year. */
  readonly auditDays?: number;
  /** How long it is kept who met; absent: 90 days. */
  readonly historyDays?: number;
  /** Absent: nothing is told. */
  readonly log?: Log;
  /** Absent: real time. */
  readonly after?: After;
}

export interface MeetingsParts {
  readonly meetings: Meetings;
  readonly views: MeetingViews;
  readonly tickets: Tickets;
  readonly invitations: Invitations;
  readonly breakouts: Breakouts;
  /** From now on meetings end by their rules, and breakout rooms too; until `stop`. */
  run(rooms: RoomControl): void;
  readonly browsers: Browsers;
  readonly accounts: Accounts;
  readonly provisioning: Provisioning;
  readonly people: PeopleParts;
  readonly bans: Bans;
  readonly alarms: Alarms;
  readonly audit: AuditLog;
  readonly history: HistoryShelf;
  readonly answers: KeptAnswers;
  readonly trunks: Trunks;
  readonly webhooks: WebhookParts;
  readonly dialOut: DialOut;
  /** The telephones of people. */
  readonly lines: Lines;
  /** For the bridge: a moderator pressed a key. */
  readonly onKeypadAct: (act: KeypadAct) => void;
  /** For the gateway. */
  readonly directory: PhoneDirectory;
  /** For the bridge. */
  readonly admissions: Admissions;
  /** Wakes no more at the times of planned meetings; what was to be written is. */
  stop(): Promise<void>;
}

/** Joins the parts over one store. Closing the store, after `stop`, is the caller's. */
export async function openMeetings(settings: MeetingsSettings): Promise<MeetingsParts> {
  const basics = await basicsOf(settings);
  const codes = new Codes(basics);
  const extensions = new Extensions(basics, settings);
  const throttle = new Throttle(basics);
  const alarms = new Alarms(basics, throttle);
  const door = new CodeDoor(basics, { codes, throttle, alarms });
  const meetings = new Meetings(basics, codes, extensions);
  const accounts = new Accounts(basics, settings, settings.realm);
  const browsers = new Browsers(basics, settings, settings.realm);
  const bans = new Bans(basics);
  const trunks = new Trunks(basics);
  const people = openPeople(basics, { throttle, alarms }, settings.adminKey);
  const isShutOut = (id: string) => people.known.isShutOut(id);
  const audit = new AuditLog(basics, settings.auditDays);
  const addresses: Addresses = settings;
  const ways = waysIn(basics, { addresses, codes, browsers, trunks, isShutOut, meetings });
  await trunks.list();
  await meetings.start();
  const breakouts = new Breakouts(basics, meetings);
  await breakouts.start();
  const running = new Running(basics, { meetings, breakouts });
  const shelves = { accounts, browsers, meetings, extensions, door, addresses, trunks };
  const deaf = hearNeighbours(basics, { meetings, bans, alarms, trunks, people: people.known });
  await audit.start();
  return {
    ...{ meetings, breakouts, browsers, accounts, people, bans, alarms, audit, trunks },
    ...ways,
    provisioning: new Provisioning(basics, accounts),
    answers: new KeptAnswers(basics),
    onKeypadAct: keypadActs(audit),
    history: new HistoryShelf(basics, settings.historyDays ?? HISTORY_DAYS),
    webhooks: openWebhooks(basics),
    ...telephones(basics, { ...shelves, audit }, settings.dialOut),
    admissions: new Doorkeeper({
      meetings,
      bans,
      door,
      breakouts,
      accounts,
      isLocked: settings.isLocked,
      now: settings.now,
      log: basics.log,
    }),
    run: (rooms) => running.run(rooms),
    stop: async () => {
      deaf();
      await running.stop();
      meetings.stop();
      await audit.stop();
      await alarms.written();
    },
  };
}

/** Long enough for an invoice or a complaint, and no longer (GDPR, article 5). */
const HISTORY_DAYS = 90;

/** Who calls, whom, and by which numbers. */
function telephones(
  basics: Basics,
  shelves: Omit<ConstructorParameters<typeof PhoneDirectory>[0], 'lines'> & {
    readonly audit: AuditLog;
  },
  settings: DialOutSettings = NO_DIAL_OUT,
): Pick<MeetingsParts, 'dialOut' | 'lines' | 'directory'> {
  const dialOut = new DialOut(basics, shelves, settings);
  const lines = new Lines({ ...shelves, dialOut, random: basics.random });
  return { dialOut, lines, directory: new PhoneDirectory({ ...shelves, lines }) };
}

/** Codes, links and what is sent to people. */
function waysIn(
  basics: Basics,
  given: ConstructorParameters<typeof Tickets>[1] & { readonly meetings: Meetings },
): Pick<MeetingsParts, 'views' | 'tickets' | 'invitations'> {
  const views = new MeetingViews(basics, given.addresses, given.trunks);
  const tickets = new Tickets(basics, given);
  return { views, tickets, invitations: new Invitations(basics, { ...given, views, tickets }) };
}

async function basicsOf(settings: MeetingsSettings): Promise<Basics> {
  const { store, now, random } = settings;
  return {
    store,
    now,
    random,
    keys: await signingKeys(store, random),
    language: settings.language ?? 'en',
    numbers: settings.numbers ?? 'masked',
    log: settings.log ?? (() => undefined),
    after: settings.after ?? afterRealTime,
  };
}
