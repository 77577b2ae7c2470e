import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import type { SwitchAddress } from './switches.ts';

/** Which switch a call belongs to. Handed in where there are several. */
export interface Placement {
  /** Where the legs of a room meet, or where a call without a room yet goes; undefined: nowhere now. */
  place(room: RoomId | undefined): Promise<SwitchAddress | undefined>;
  /** The signed identity that a leg had come to when its switch was lost. */
  lastKnown(leg: ParticipantId): Promise<string | undefined>;
  /** A browser that is to call again goes on for its leg, at whichever process it calls. Never rejects. */
  awaitAgain(who: string, leg: ParticipantId, forMs: number): Promise<void>;
  /** The leg that somebody goes on for, once. Never rejects. */
  claim(who: string): Promise<ParticipantId | undefined>;
}
