import type { MeetingView } from '../http/views.ts';
import type { RoomEvent } from './event.ts';
import type { Participant, RoomId } from './room.ts';

/** A room as JSON carries it. */
export interface RoomSnapshot {
  readonly id: RoomId;
  readonly locked: boolean;
  readonly recording: boolean;
  readonly openedAtMs: number;
  readonly people: readonly Participant[];
}

/**
 * What the event feed sends, as JSON, one a WebSocket message. Numbers rise by one within one
 * feed; a reader that sees a gap asks for a new snapshot by connecting again without `from`.
 * `meeting-…` messages go only to those who may see every meeting.
 */
export type FeedMessage =
  | {
      readonly kind: 'snapshot';
      readonly seq: number;
      readonly rooms: readonly RoomSnapshot[];
      readonly meetings: readonly MeetingView[];
    }
  | { readonly kind: 'event'; readonly seq: number; readonly event: RoomEvent }
  | { readonly kind: 'meeting-updated'; readonly seq: number; readonly meeting: MeetingView }
  | { readonly kind: 'meeting-removed'; readonly seq: number; readonly id: RoomId };
