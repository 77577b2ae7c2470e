import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import type { ReceptionReport, RoundTrip } from './heard.ts';

/**
 * One life of a room in FreeSWITCH. A room that closes and opens again has the same name and
 * another `Conference-Unique-ID`; both may exist for a moment.
 */
export interface RoomLife {
  readonly room: RoomId;
  readonly conference: string;
}

/** How one member stands, read in one breath. */
export interface MemberSeen {
  readonly leg: ParticipantId;
  /** For addressing commands only: FreeSWITCH counts anew after a restart. */
  readonly memberId: number;
  /** Unknown where a list shows a held member: mod_conference hides it then. */
  readonly muted: boolean | undefined;
  /** As `muted`. */
  readonly deaf: boolean | undefined;
  readonly held: boolean;
  readonly talking: boolean;
  /** Only lists tell both, and an event of a change the one that changed. */
  readonly volume: { readonly in?: number; readonly out?: number };
  /** Only events tell it, and only once the call has sound. */
  readonly codec?: string;
}

/** What FreeSWITCH's events tell us, in our words. `at` is the event's `Event-Sequence`. */
export type Sighting =
  | {
      readonly kind: 'room-created' | 'room-destroyed';
      readonly life: RoomLife;
      readonly at: number;
    }
  | {
      readonly kind: 'member-seen';
      readonly life: RoomLife;
      readonly at: number;
      readonly member: MemberSeen;
      /** Whether this was the joining itself. */
      readonly joined: boolean;
      /** It is muted and begins to talk. */
      readonly mutedTalk?: true;
      /** How many people FreeSWITCH counts in the room. */
      readonly size: number | undefined;
    }
  | {
      readonly kind: 'member-gone';
      readonly life: RoomLife;
      readonly at: number;
      readonly leg: ParticipantId;
      readonly size: number | undefined;
    }
  | {
      readonly kind: 'lock-seen';
      readonly life: RoomLife;
      readonly at: number;
      readonly on: boolean;
    }
  | {
      readonly kind: 'recording-seen';
      readonly life: RoomLife;
      readonly at: number;
      readonly on: boolean;
    }
  /** `identity` and `memo` are as they came, unproven. */
  | {
      readonly kind: 'leg-parked';
      readonly leg: ParticipantId;
      readonly identity: string;
      readonly memo: string;
    }
  /** An application of the dialplan came to its end on a leg. */
  | {
      readonly kind: 'leg-did';
      readonly leg: ParticipantId;
      readonly application: string;
      /** The `Event-UUID` that it was told with, where it was told by us. */
      readonly task: string;
    }
  /** `0` to `9`, `*`, `#` or `A` to `D`; wherever the leg is. */
  | { readonly kind: 'key-pressed'; readonly leg: ParticipantId; readonly key: string }
  /** Its own phone puts the call on hold, or takes it back. */
  | { readonly kind: 'leg-on-hold'; readonly leg: ParticipantId; readonly on: boolean }
  /** A call of ours rings, or was answered. */
  | { readonly kind: 'leg-ringing' | 'leg-answered'; readonly leg: ParticipantId }
  /** FreeSWITCH reported to the phone how it receives it, or took a report of the phone's. */
  | { readonly kind: 'leg-received'; readonly leg: ParticipantId; readonly report: ReceptionReport }
  | { readonly kind: 'leg-measured'; readonly leg: ParticipantId; readonly trip: RoundTrip }
  /** `cause` is FreeSWITCH's `Hangup-Cause`. */
  | { readonly kind: 'leg-hung-up'; readonly leg: ParticipantId; readonly cause: string };

/** One room as `json_list` shows it. */
export interface RoomListed {
  readonly life: RoomLife;
  readonly locked: boolean;
  readonly recording: boolean;
  readonly ageMs: number;
  readonly members: readonly (MemberSeen & { readonly joinedAgoMs: number })[];
}
