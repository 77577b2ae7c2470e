import type { EventLog } from '../meetings/events/event-log.ts';
import type { MeetingsParts } from '../meetings/open.ts';
import type { NodeControl } from '../protocol/http/nodes.ts';
import type { SystemFacts } from '../protocol/http/system.ts';
import type { Recordings } from '../meetings/recordings/recordings.ts';
import type { TrunkTest } from '../protocol/call/trunk.ts';
import type { TrunkLine } from '../protocol/http/views.ts';
import type { Log } from '../protocol/log.ts';
import type { EngineStatus, RoomControl } from '../protocol/room/control.ts';
import type { ParticipantId } from '../protocol/room/room.ts';
import type { BigBlueButtonSettings } from './bigbluebutton/settings.ts';
import type { WebhookSettings } from './webhooks/settings.ts';
import type { OidcSettings } from './oidc/settings.ts';

/** Whether calls can be taken now. */
export interface Readiness {
  readonly ok: boolean;
  readonly engines: readonly EngineStatus[];
  /** What else is wrong, in English sentences. */
  readonly troubles?: readonly string[];
}

/** Requests a second, averaged over ten, before 429. */
export interface RateLimits {
  /** For one key, session or feed token. */
  readonly perToken: number;
  /** For one address that shows none. */
  readonly perAddress: number;
}

/** Our end of a browser's connection to the SIP server. */
export interface SipLine {
  readonly address: string;
  readonly port: number;
}

/** What the API serves; nothing of it is the API's own. */
export interface ApiParts {
  readonly rooms: RoomControl;
  readonly meetings: MeetingsParts;
  /** What happened, as it is written down; the feeds tell of it. */
  readonly events: EventLog;
  readonly ready: () => Readiness;
  /** A browser's SIP connection is over; the SIP server saw it come from this address. */
  readonly onSipLineClosed?: ((line: SipLine) => void) | undefined;
  /** `https://host` that people use, for the check of origins. */
  readonly publicUrl: () => string;
  /** Whether we speak TLS ourselves. */
  readonly secure: boolean;
  /** How each trunk stands; absent: nobody knows. */
  readonly trunkLines?: (() => readonly (TrunkLine & { readonly name: string })[]) | undefined;
  /** Asks a trunk's server now; `undefined` where the gateway has no such trunk (yet). Absent: nobody can. */
  readonly testTrunk?: ((name: string) => Promise<TrunkTest | undefined>) | undefined;
  /** The operator's own prompts, with announcements that can be played into a room; absent: none. */
  readonly promptsDir?: string | undefined;
  /** Whether the settings let meetings be recorded; absent: they do not. */
  readonly recording?: boolean | undefined;
  /** Somebody is about to change or remove that row: `by` is their name, for the history. */
  readonly onWish?: ((leg: ParticipantId, by: string) => void) | undefined;
  /** What was recorded; absent: nothing is. */
  readonly recordings?: Recordings | undefined;
  /** For clients of BigBlueButton's API; absent: it is off. */
  readonly bigbluebutton?: BigBlueButtonSettings | undefined;
  /** Where webhooks may go beside the Internet; absent: nowhere. */
  readonly webhooks?: WebhookSettings | undefined;
  /** Sign-in by an identity provider; absent: none. */
  readonly oidc?: OidcSettings | undefined;
  /** The FreeSWITCHes; absent: none are shown. */
  readonly nodes?: NodeControl | undefined;
  /** How everything here is, asked anew each time; absent: nobody knows. */
  readonly system?: (() => Promise<SystemFacts>) | undefined;
  /** The built pages. */
  readonly webDir: string;
  readonly limits: RateLimits;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: (byteCount: number) => Uint8Array;
}
