import { isLanguage } from '../call/language.ts';
import type { MeetingView } from '../http/views.ts';
import { isOutboundCall, isParticipant, isRoom, isRoomEnd, isRoomEvent } from './check.ts';
import { isMeetingBreakouts } from './breakouts.ts';
import type { MeetingBreakouts } from './breakouts.ts';
import type { RoomEvent } from './event.ts';
import type { OutboundCall } from './outbound-call.ts';
import type { Participant, RoomEnd, RoomId } from './room.ts';
import {
  hasShape,
  isCount,
  isFlag,
  isListOf,
  isOneOf,
  isOptional,
  isRecord,
  isText,
  parseJson,
} from './shape.ts';
import type { Check, Shape } from './shape.ts';

/** A room as JSON carries it. */
export interface RoomSnapshot {
  readonly id: RoomId;
  readonly locked: boolean;
  readonly recording: boolean;
  readonly openedAtMs: number;
  readonly end?: RoomEnd;
  readonly people: readonly Participant[];
  readonly calls: readonly OutboundCall[];
}

/** How it stands for somebody before the room, in place of who is there. */
export interface Waiting {
  /** Among those who wait to be let in: 1 is next. Absent: they are not in the lobby. */
  readonly place?: number;
  readonly moderatorInside: boolean;
}

/**
 * What the event feed sends, as JSON, one a WebSocket message. Numbers rise by one within one
 * feed; a reader that sees a gap asks for a new snapshot by connecting again without `from`.
 * `meeting-…` messages go only to those who may see every meeting, `alarms-updated` to those who run
 * everything: they ask for the alarms anew.
 */
export type FeedMessage =
  | {
      readonly kind: 'snapshot';
      readonly seq: number;
      readonly rooms: readonly RoomSnapshot[];
      readonly meetings: readonly MeetingView[];
      /** Of each meeting that has some now; absent: none has. */
      readonly breakouts?: readonly MeetingBreakouts[];
      /** To a participant who is not inside: the rooms are without the others. */
      readonly waiting?: Waiting;
    }
  | { readonly kind: 'event'; readonly seq: number; readonly event: RoomEvent }
  /** The whole of a room, as it was found again: what was known of it before no longer counts. */
  | { readonly kind: 'room-restated'; readonly seq: number; readonly room: RoomSnapshot }
  /** Opened, to end at another time, or over. */
  | {
      readonly kind: 'breakouts-updated';
      readonly seq: number;
      readonly breakouts: MeetingBreakouts;
    }
  /** To a participant who is not inside, when it changed. */
  | ({ readonly kind: 'waiting'; readonly seq: number } & Waiting)
  | { readonly kind: 'meeting-updated'; readonly seq: number; readonly meeting: MeetingView }
  | { readonly kind: 'meeting-removed'; readonly seq: number; readonly id: RoomId }
  | { readonly kind: 'alarms-updated'; readonly seq: number };

/** A message about what happened, with a number of its own. */
export type Numbered = Exclude<FeedMessage, { kind: 'snapshot' | 'waiting' }>;

/** A message before it has its number. */
export type Note = Numbered extends infer M ? (M extends Numbered ? Omit<M, 'seq'> : never) : never;

const ROOM_SNAPSHOT = {
  id: isRoom,
  locked: isFlag,
  recording: isFlag,
  openedAtMs: isCount,
  end: isOptional(isRoomEnd),
  people: isListOf(isParticipant),
  calls: isListOf(isOutboundCall),
} satisfies Record<keyof RoomSnapshot, Check>;

const MEETING = {
  id: isRoom,
  name: isText,
  state: isOneOf('planned', 'open', 'ended'),
  extension: isOptional(isText),
  muteOnEntry: isFlag,
  lobby: isFlag,
  waitForModerator: isFlag,
  unmuteSelf: isFlag,
  unmuteOthers: isOneOf('ask', 'allowed'),
  askName: isFlag,
  entrySounds: isOneOf('none', 'tones', 'names'),
  entrySoundsUpTo: isCount,
  language: isLanguage,
  record: isFlag,
  callMe: isFlag,
  earlyEntryMinutes: isCount,
  endWithoutModeratorMinutes: isCount,
  endWhenSilentMinutes: isCount,
  endWhenEmptyMinutes: isCount,
  maxMinutes: isCount,
  maxParticipants: isOptional(isCount),
  startsAt: isOptional(isText),
  durationMinutes: isOptional(isCount),
  timeZone: isOptional(isText),
  recurrence: isOptional(isText),
  next: isOptional(
    hasShape({
      at: isText,
      startsAt: isText,
      endsAt: isText,
      skipped: isOptional(isFlag),
      moved: isOptional(isFlag),
    }),
  ),
  leftOut: isOptional(isListOf(isText)),
  createdAt: isText,
  endedAt: isOptional(isText),
  codes: hasShape({ join: isText, moderator: isText }),
  joinUrl: isText,
  moderatorUrl: isText,
  dialIn: isListOf(
    hasShape({ label: isText, number: isText, uri: isText, language: isOptional(isLanguage) }),
  ),
  owner: isOptional(isText),
  members: isOptional(
    isListOf(hasShape({ personId: isText, role: isOneOf('moderator', 'participant') })),
  ),
  participants: isCount,
} satisfies Record<keyof MeetingView, Check>;

const WAITING = {
  place: isOptional(isCount),
  moderatorInside: isFlag,
} satisfies Record<keyof Waiting, Check>;

const MESSAGES = {
  snapshot: {
    seq: isCount,
    rooms: isListOf(hasShape(ROOM_SNAPSHOT)),
    meetings: isListOf(hasShape(MEETING)),
    breakouts: isOptional(isListOf(isMeetingBreakouts)),
    waiting: isOptional(hasShape(WAITING)),
  },
  event: { seq: isCount, event: isRoomEvent },
  'room-restated': { seq: isCount, room: hasShape(ROOM_SNAPSHOT) },
  'breakouts-updated': { seq: isCount, breakouts: isMeetingBreakouts },
  waiting: { seq: isCount, ...WAITING },
  'meeting-updated': { seq: isCount, meeting: hasShape(MEETING) },
  'meeting-removed': { seq: isCount, id: isRoom },
  'alarms-updated': { seq: isCount },
} satisfies Record<FeedMessage['kind'], Shape>;

const MESSAGE_CHECKS: ReadonlyMap<unknown, Check> = new Map(
  Object.entries(MESSAGES).map(([kind, shape]) => [kind, hasShape(shape)]),
);

/** What one WebSocket message of the feed says; `undefined` where it is none of ours. */
export function parseFeedMessage(text: string): FeedMessage | undefined {
  const value = parseJson(text);
  return isFeedMessage(value) ? value : undefined;
}

export function formatFeedMessage(message: FeedMessage): string {
  return JSON.stringify(message);
}

function isFeedMessage(value: unknown): value is FeedMessage {
  return isRecord(value) && MESSAGE_CHECKS.get(value.kind)?.(value) === true;
}
