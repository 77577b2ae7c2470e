import type { Standing } from '../standing.ts';
import type { RoomCommand } from '../../protocol/room/command.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { ParticipantId, RoomId } from '../../protocol/room/room.ts';
import type { Saying } from '../../protocol/speech/saying.ts';
import type { Sighting } from '../sighting.ts';

/** What the rest of the bridge tells the desk, which talks with callers. */
export interface Desk {
  /** Legs that it talks with. */
  readonly callers: readonly ParticipantId[];
  has(leg: ParticipantId): boolean;
  /**
   * A leg is parked. `header` is the identity as it came, unproven; `memo` what an earlier life of
   * ours, or the making of the call, wrote on it.
   */
  arrive(leg: ParticipantId, header: string, memo?: Standing): Promise<void>;
  /** FreeSWITCH finished something on a leg. */
  did(sighting: Extract<Sighting, { kind: 'leg-did' }>): Promise<void> | void;
  hungUp(leg: ParticipantId): void;
  /** A key, wherever the leg is. */
  pressed(leg: ParticipantId, key: string): void;
  /** Somebody talks who is muted. */
  mutedTalk(leg: ParticipantId): void;
  admitted(leg: ParticipantId): void;
  refused(leg: ParticipantId): void;
  /** It will leave its room, or is to leave where it waits: hears why, then is hung up. */
  dismissed(leg: ParticipantId, why: 'removed' | 'banned' | 'meeting-ended'): void;
  /** It goes to another room while its call goes on, and hears this there. */
  moves(leg: ParticipantId, to: { readonly to: RoomId; readonly then: Saying }): void;
  /** It does not go. */
  stays(leg: ParticipantId): void;
  /** Whoever waits for something about this room is to be asked about again. */
  reconsider(room: RoomId): void;
  placesChanged(room: RoomId): void;
  /** A fact, after everything here knows it. */
  told(fact: RoomEvent): void;
  /** A command, before it is carried out. */
  wished(command: RoomCommand): void;
  /** The link is back, and the process is the same. */
  rejoined(): void;
  /** The process is another one: nobody is left. */
  clear(): void;
  stop(): void;
}
