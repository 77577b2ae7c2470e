import type { ParticipantId, Role, RoomEnd, RoomId } from './room.ts';

/**
 * Who wishes: the person themself, a moderator, or a program with a key. A moderator cannot open
 * somebody's microphone, only ask for it; see `set-muted`.
 */
export type Actor = 'self' | 'moderator' | 'program';

/** A wish. Whether it came true is told by a fact (event.ts), never by the reply. */
export type RoomCommand =
  /**
   * Unmuting by a moderator undoes a moderator's mute; where the person muted themself, or the
   * meeting did at the entry, it becomes a request to them unless the meeting allows more.
   * Unmuting by oneself is refused where the meeting's rules say so.
   */
  | {
      readonly kind: 'set-muted';
      readonly room: RoomId;
      readonly id: ParticipantId;
      readonly on: boolean;
      readonly by: Actor;
    }
  | {
      readonly kind: 'set-deaf' | 'set-held';
      readonly room: RoomId;
      readonly id: ParticipantId;
      readonly on: boolean;
    }
  /** Whether they want a moderator's help. */
  | {
      readonly kind: 'set-help';
      readonly room: RoomId;
      readonly id: ParticipantId;
      readonly on: boolean;
    }
  | {
      readonly kind: 'set-hand';
      readonly room: RoomId;
      readonly id: ParticipantId;
      readonly on: boolean;
      readonly by: Actor;
    }
  | {
      readonly kind: 'set-volume';
      readonly room: RoomId;
      readonly id: ParticipantId;
      readonly direction: 'in' | 'out';
      /** -4 to 4. */
      readonly level: number;
    }
  /** Whether this person hears another in the room; nobody but the two is affected, and only the one knows. */
  | {
      readonly kind: 'set-unheard';
      readonly room: RoomId;
      readonly id: ParticipantId;
      readonly other: ParticipantId;
      readonly on: boolean;
    }
  | {
      readonly kind: 'rename';
      readonly room: RoomId;
      readonly id: ParticipantId;
      readonly name: string;
    }
  | {
      readonly kind: 'set-role';
      readonly room: RoomId;
      readonly id: ParticipantId;
      readonly role: Role;
    }
  /** Lets somebody in from the lobby. */
  | { readonly kind: 'admit'; readonly room: RoomId; readonly id: ParticipantId }
  | { readonly kind: 'admit-all' | 'refuse-all'; readonly room: RoomId }
  /**
   * Out of the room or the lobby, after a spoken word, with all the person's legs. A ban is kept by
   * the meetings; `banned` chooses the words.
   */
  | {
      readonly kind: 'remove';
      readonly room: RoomId;
      readonly id: ParticipantId;
      readonly banned?: boolean;
    }
  | {
      readonly kind: 'mute-all';
      readonly room: RoomId;
      readonly except: 'moderators' | 'none';
      /** Whose key it was; stays unmuted. */
      readonly but?: ParticipantId;
    }
  /** Opens whom a moderator muted; whoever muted themself stays so. */
  | { readonly kind: 'unmute-all'; readonly room: RoomId }
  | { readonly kind: 'set-locked'; readonly room: RoomId; readonly on: boolean }
  | { readonly kind: 'set-recording'; readonly room: RoomId; readonly on: boolean }
  | {
      readonly kind: 'call';
      readonly room: RoomId;
      /** Chosen by who asks; becomes the participant's. */
      readonly id: ParticipantId;
      readonly to: CallTarget;
      /** How they are called in the list; never empty. */
      readonly name: string;
      readonly role: Role;
      /** Whose phone it is, where it shall carry the sound of somebody in the room. */
      readonly personId?: string;
      /** An account's recorded or spoken name: an absolute path that FreeSWITCH can read. */
      readonly invitedBy?: string;
      /** Hung up after so long in the meeting. */
      readonly maxMs?: number;
    }
  | { readonly kind: 'cancel-call'; readonly room: RoomId; readonly id: ParticipantId }
  /** With all their legs to another room of the meeting; they hear where they are. */
  | {
      readonly kind: 'move';
      readonly room: RoomId;
      readonly id: ParticipantId;
      readonly to: RoomId;
      /** The number of the breakout room; absent: back to everybody. */
      readonly group?: number;
    }
  /** Plays an operator's own recording to those inside; see `protocol/http/announcements.ts`. */
  | {
      readonly kind: 'announce';
      readonly room: RoomId;
      readonly sound: string;
      readonly to: 'everybody' | 'moderators';
    }
  /** Says to everybody inside that it will be over, and shows it; without `end`: not after all. */
  | { readonly kind: 'announce-end'; readonly room: RoomId; readonly end?: RoomEnd }
  /** Ends the meeting: everybody in the room and the lobby hears so and is hung up. */
  | { readonly kind: 'close-room'; readonly room: RoomId };

/** Whom the meeting calls. */
export type CallTarget =
  | { readonly kind: 'account'; readonly username: string }
  | {
      readonly kind: 'trunk';
      readonly trunk: string;
      /** E.164 with `+`. */
      readonly number: string;
    };

/** What became of a wish at the switch's door. */
export type Outcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'no-such-room' | 'no-such-participant' | 'switch-unavailable' | 'refused';
      /** One English sentence for the person who asked. */
      readonly detail: string;
    };
