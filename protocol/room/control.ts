import type { CallIdentity } from '../call/identity.ts';
import type { Outcome, RoomCommand } from './command.ts';
import type { RoomEvent } from './event.ts';
import type { Quality } from './quality.ts';
import type { ParticipantId, RoomId, Rooms } from './room.ts';

/** How one FreeSWITCH node stands, for readiness and the console. */
export interface EngineStatus {
  /** `host:port` of the node's event socket. */
  readonly node: string;
  readonly state: 'connecting' | 'joined' | 'refused';
  /** One English sentence when not joined: what is wrong and what to do. */
  readonly detail?: string;
  readonly version?: string;
  /** What it is joined with all the same, but should be mended: an English sentence each. */
  readonly warnings?: readonly string[];
}

/** How the call of somebody who was in a room, or at its door, came to its end. */
export interface CallReport {
  readonly room: RoomId;
  readonly id: ParticipantId;
  /** FreeSWITCH's `Hangup-Cause` (switch_types.h); empty where nobody told. */
  readonly cause: string;
  /** Over the whole call; absent where it was too short, or nobody measured it. */
  readonly quality?: Quality;
}

/**
 * `elsewhere`: another process drives the room's node, and told its own listeners first. Absent: we
 * drive it. What must happen once for a fact happens where it is not `elsewhere`.
 */
export type FactOrigin = 'elsewhere';

/** The rooms as facts made them, and the door for wishes. The bridge is it; the API uses it. */
export interface RoomControl {
  rooms(): Rooms;
  engines(): readonly EngineStatus[];
  /** Every fact from now on, in order. Returns how to stop. */
  subscribe(listener: (event: RoomEvent, from?: FactOrigin) => void): () => void;
  execute(command: RoomCommand): Promise<Outcome>;
  /**
   * Whom the gateway vouched for when this leg came, with the whole number: for bans, and shown to
   * nobody. `undefined` where no room has such a leg, or its switch does not answer.
   */
  identityOf?(leg: ParticipantId): Promise<CallIdentity | undefined>;
  /**
   * Where other processes have rooms too: resolves once all that live have told theirs; to false where
   * that takes too long. Their facts may come here later than the event log tells them.
   */
  caughtUp?(): Promise<boolean>;
  /** Each end of a call from now on, after the fact that they left. Returns how to stop. */
  onCallEnded?(listener: (report: CallReport) => void): () => void;
}
