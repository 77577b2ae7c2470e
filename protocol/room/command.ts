import type { ParticipantId, RoomId } from './room.ts';

/** A wish. Whether it came true is told by a fact (event.ts), never by the reply. */
export type RoomCommand =
  | {
      readonly kind: 'set-muted' | 'set-deaf' | 'set-held';
      readonly room: RoomId;
      readonly id: ParticipantId;
      readonly on: boolean;
    }
  | {
      readonly kind: 'set-volume';
      readonly room: RoomId;
      readonly id: ParticipantId;
      readonly direction: 'in' | 'out';
      /** -4 to 4. */
      readonly level: number;
    }
  | { readonly kind: 'remove'; readonly room: RoomId; readonly id: ParticipantId }
  | {
      readonly kind: 'mute-all';
      readonly room: RoomId;
      readonly except: 'moderators' | 'none';
    }
  | { readonly kind: 'set-locked'; readonly room: RoomId; readonly on: boolean }
  /** Ends the meeting: everybody in the room is hung up. */
  | { readonly kind: 'close-room'; readonly room: RoomId };

/** What became of a wish at the switch's door. */
export type Outcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'no-such-room' | 'no-such-participant' | 'switch-unavailable' | 'refused';
      /** One English sentence for the person who asked. */
      readonly detail: string;
    };
