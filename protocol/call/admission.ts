import type { Role, RoomId } from '../room/room.ts';
import type { Language } from './language.ts';
import type { CallIdentity } from './identity.ts';

/** Why a leg may not enter. `unknown` and `ended` sound alike to the caller. */
export type WhyRefused = 'unknown' | 'ended' | 'full' | 'locked' | 'banned';

/** What the rules say to a leg that asks to enter a room. */
export type Admission =
  | {
      readonly kind: 'join';
      readonly room: RoomId;
      readonly role: Role;
      readonly muted: boolean;
      readonly maxParticipants?: number;
    }
  /** Waits with music until a moderator lets them in. */
  | { readonly kind: 'lobby'; readonly room: RoomId; readonly role: Role }
  /** Waits with music, and is asked about again when the meeting changes or a moderator comes. */
  | {
      readonly kind: 'wait';
      readonly room: RoomId;
      readonly role: Role;
      readonly why: 'not-started' | 'no-moderator';
    }
  | { readonly kind: 'refuse'; readonly why: WhyRefused };

/** A leg at a room's door, and how the room stands. */
export interface Visitor {
  readonly room: RoomId;
  readonly role: Role;
  readonly who: CallIdentity;
  /** People in the room and on their way into it; the lobby does not count. */
  readonly people: number;
  readonly moderatorInside: boolean;
  /** A moderator let this leg in from the lobby, or it was called by the meeting. */
  readonly admitted: boolean;
}

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

/** What a meeting's rules are for those inside, as the bridge must know them. */
export interface RoomRules {
  readonly language: Language;
  /** Whether participants may unmute themselves. Moderators always may. */
  readonly unmuteSelf: boolean;
  /** Whether a moderator may open the microphone of somebody who closed it themself. */
  readonly unmuteOthers: 'ask' | 'allowed';
  readonly lobby: boolean;
  /** Phone callers whose name nobody knows are asked to say it. */
  readonly askName: boolean;
  /** What everybody hears when somebody comes or goes, in rooms of at most `entrySoundsUpTo` people. */
  readonly entrySounds: 'none' | 'tones' | 'names';
  readonly entrySoundsUpTo: number;
  /** Recording begins when the first comes in. */
  readonly record: boolean;
}

/** How the bridge asks the rules. Implemented by meetings/, handed in by partyline.ts. */
export interface Admissions {
  /** May this leg enter? */
  admit(visitor: Visitor): Promise<Admission>;
  /** Looks up a code typed on the keypad by a caller from `source`. Counts wrong ones. */
  byCode(code: string, source: string): Promise<CodeResult>;
  /** `undefined` where there is no such meeting. */
  rules(room: RoomId): Promise<RoomRules | undefined>;
  /** Told whenever a meeting or what its rules say changed. Returns how to stop. */
  subscribe(listener: (room: RoomId) => void): () => void;
}
