import type { OutboundCall } from './outbound-call.ts';
import type { Participant, ParticipantId, RoomEnd, RoomId } from './room.ts';

/** Why somebody is no longer in a room. */
export type LeaveReason =
  | 'hung-up'
  | 'removed'
  | 'refused'
  | 'meeting-ended'
  | 'connection-lost'
  /** To a breakout room, or back. */
  | 'moved'
  /** Another leg of the same stay took its place. */
  | 'replaced';

/**
 * A fact about a room. Facts come only from the switch and are never guessed.
 * Each carries the whole of what it is about, so that applying one twice, or after a gap, heals.
 */
export type RoomEvent =
  | { readonly kind: 'room-opened'; readonly room: RoomId; readonly openedAtMs: number }
  | {
      readonly kind: 'room-updated';
      readonly room: RoomId;
      readonly locked: boolean;
      readonly recording: boolean;
    }
  /** It will be over, as was said inside; without `end`: not after all. */
  | { readonly kind: 'room-ends'; readonly room: RoomId; readonly end?: RoomEnd }
  | { readonly kind: 'room-closed'; readonly room: RoomId }
  | {
      readonly kind: 'participant-updated';
      readonly room: RoomId;
      readonly participant: Participant;
    }
  | {
      readonly kind: 'participant-left';
      readonly room: RoomId;
      readonly id: ParticipantId;
      readonly reason: LeaveReason;
    }
  | { readonly kind: 'call-updated'; readonly room: RoomId; readonly call: OutboundCall }
  /** It is not shown any longer. */
  | { readonly kind: 'call-forgotten'; readonly room: RoomId; readonly id: ParticipantId };
