import type { MeetingView } from '../../protocol/http/views.ts';
import { apply } from '../../protocol/room/apply.ts';
import type { MeetingBreakouts } from '../../protocol/room/breakouts.ts';
import type { FeedMessage, Waiting } from '../../protocol/room/feed.ts';
import type { RoomId, Rooms } from '../../protocol/room/room.ts';
import { fromSnapshots, restated } from '../../protocol/room/snapshot.ts';
import { unreachable } from '../../protocol/unreachable.ts';

/**
 * `connecting`: never heard anything yet. `live`: what is shown is true now.
 * `lost`: what is shown is the last that was heard; we are trying again.
 */
export type Link = 'connecting' | 'live' | 'lost';

/** What the feed told so far. Nothing but the feed changes it. */
export interface FeedState {
  readonly link: Link;
  /** Number of the last message; a snapshot may start anywhere. */
  readonly seq: number;
  /** Connections that failed since the last message. */
  readonly attempts: number;
  readonly rooms: Rooms;
  readonly meetings: ReadonlyMap<RoomId, MeetingView>;
  /** By meeting; of those that have some now. */
  readonly breakouts: ReadonlyMap<RoomId, MeetingBreakouts>;
  /** How it stands for us before the room; nothing for those who see who is there. */
  readonly waiting?: Waiting;
  /** Rises whenever the server's alarms may have changed. */
  readonly alarmsSeq: number;
}

export type FeedInput =
  | { readonly kind: 'message'; readonly message: FeedMessage }
  /** `chance` is 0 to 1 and spreads the returns of many screens after an outage. */
  | { readonly kind: 'closed'; readonly chance: number };

export type FeedEffect =
  | { readonly kind: 'connect-after'; readonly ms: number }
  /** Close the socket: its `closed` follows and brings a new snapshot. */
  | { readonly kind: 'drop' };

export type FeedStep = readonly [FeedState, readonly FeedEffect[]];

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

export const SILENT_FEED: FeedState = {
  link: 'connecting',
  seq: 0,
  attempts: 0,
  rooms: new Map(),
  meetings: new Map(),
  breakouts: new Map(),
  alarmsSeq: 0,
};

/** A gap in the numbers, or a lost socket, ends in a new snapshot; old rooms stay shown until then. */
export function step(state: FeedState, input: FeedInput): FeedStep {
  switch (input.kind) {
    case 'closed':
      return [
        {
          ...state,
          link: state.link === 'connecting' ? 'connecting' : 'lost',
          attempts: state.attempts + 1,
        },
        [{ kind: 'connect-after', ms: waitMs(state.attempts, input.chance) }],
      ];
    case 'message':
      return onMessage(state, input.message);
    default:
      return unreachable(input);
  }
}

function waitMs(attempts: number, chance: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempts);
  return Math.round(full / 2 + (full / 2) * chance);
}

function onMessage(state: FeedState, message: FeedMessage): FeedStep {
  if (message.kind === 'snapshot') return [fromSnapshot(message), []];
  if (state.link !== 'live' || message.seq <= state.seq) return [state, []];
  if (message.seq !== state.seq + 1) return [{ ...state, link: 'lost' }, [{ kind: 'drop' }]];
  return [{ ...told(state, message), seq: message.seq }, []];
}

function fromSnapshot(message: FeedMessage & { kind: 'snapshot' }): FeedState {
  return {
    link: 'live',
    seq: message.seq,
    attempts: 0,
    rooms: fromSnapshots(message.rooms),
    meetings: new Map(message.meetings.map((meeting) => [meeting.id, meeting])),
    breakouts: new Map(message.breakouts?.map((each) => [each.meeting, each])),
    alarmsSeq: message.seq,
    ...(message.waiting && { waiting: message.waiting }),
  };
}

function told(state: FeedState, message: Exclude<FeedMessage, { kind: 'snapshot' }>): FeedState {
  switch (message.kind) {
    case 'event':
      return { ...state, rooms: apply(state.rooms, message.event) };
    case 'room-restated':
      return { ...state, rooms: restated(state.rooms, message.room) };
    case 'breakouts-updated':
      return { ...state, breakouts: withBreakouts(state.breakouts, message.breakouts) };
    case 'waiting':
      return { ...state, waiting: message };
    case 'meeting-updated':
      return {
        ...state,
        meetings: new Map(state.meetings).set(message.meeting.id, message.meeting),
      };
    case 'meeting-removed': {
      const meetings = new Map(state.meetings);
      meetings.delete(message.id);
      return { ...state, meetings };
    }
    case 'alarms-updated':
      return { ...state, alarmsSeq: message.seq };
    default:
      return unreachable(message);
  }
}

function withBreakouts(
  before: FeedState['breakouts'],
  now: MeetingBreakouts,
): FeedState['breakouts'] {
  const next = new Map(before);
  if (now.rooms.length === 0) next.delete(now.meeting);
  else next.set(now.meeting, now);
  return next;
}
