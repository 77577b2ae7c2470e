import type { Role, RoomId } from '../room/room.ts';

/** What the rules say to a leg that asks to enter a room. */
export type Admission =
  | {
      readonly kind: 'join';
      readonly room: RoomId;
      readonly role: Role;
      readonly muted: boolean;
      readonly maxParticipants?: number;
    }
  | { readonly kind: 'refuse'; readonly why: 'unknown' | 'ended' | 'full' | 'locked' };

/** What a typed code opened. The two failures sound alike to the caller. */
export type CodeResult =
  | {
      readonly kind: 'meeting';
      readonly room: RoomId;
      readonly role: Role;
      /** Whose personal code it was, where it was one. */
      readonly person?: { readonly id: string; readonly name: string };
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'throttled' };

/** How the bridge asks the rules. Implemented by meetings/, handed in by main.ts. */
export interface Admissions {
  /** May this leg enter, with so many people in the room already? */
  admit(room: RoomId, role: Role, peopleInRoom: number): Promise<Admission>;
  /** Looks up a code typed on the keypad by a caller from `source`. Counts wrong ones. */
  byCode(code: string, source: string): Promise<CodeResult>;
}
